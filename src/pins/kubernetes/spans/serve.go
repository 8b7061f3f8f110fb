// The receiving end of OTLP: takes batches of spans and appends them to the file.
package main

import (
	"context"
	"fmt"
	"net"
	"os"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/grpc"
	// The API server may compress what it sends; importing it is what makes the server understand.
	_ "google.golang.org/grpc/encoding/gzip"
)

type receiver struct {
	collector.UnimplementedTraceServiceServer
	to *store
}

// Export is called by the API server with a batch.
func (r *receiver) Export(_ context.Context, batch *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	var spans []span
	for _, resource := range batch.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			for _, one := range scope.GetSpans() {
				spans = append(spans, spanOf(one))
			}
		}
	}
	if err := r.to.append(spans); err != nil {
		fmt.Fprintf(os.Stderr, "spans: %d spans are lost: %v\n", len(spans), err)
		return nil, err
	}
	return &collector.ExportTraceServiceResponse{}, nil
}

// serve receives until told to stop.
func serve(listen, file string, stop <-chan os.Signal) error {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	collector.RegisterTraceServiceServer(server, &receiver{to: &store{path: file}})
	go func() {
		<-stop
		server.GracefulStop()
	}()
	fmt.Printf("spans: receiving on %s into %s\n", listener.Addr(), file)
	return server.Serve(listener)
}
