// Runs etcd with write-ahead log segments of 2 MiB instead of 64, since a sandbox keeps them in memory.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"go.etcd.io/etcd/server/v3/storage/wal"
)

func main() {
	// etcd preallocates two segments; at the default size they would be 123 MB of every reader's memory.
	wal.SegmentSizeBytes = 2 << 20
	etcdmain.Main(os.Args)
}
