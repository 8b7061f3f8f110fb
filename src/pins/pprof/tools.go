// Names the program this module pins, so that `go mod tidy` keeps what it needs. It is never compiled.

//go:build tools

package pins

import _ "github.com/google/pprof"
