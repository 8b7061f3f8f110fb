// Streams: raw connections to Delve that the backend asks for, past the tap.
package main

import (
	"fmt"
	"net"
	"sync"
)

// Requests to Delve are short; more than this unsent means that nobody reads them.
const maxUnsent = 256

type streams struct {
	out   *frameWriter
	mutex sync.Mutex
	open  map[uint16]*stream
}

type stream struct {
	connection net.Conn
	input      chan []byte
}

func newStreams(out *frameWriter) *streams { return &streams{out: out, open: map[uint16]*stream{}} }

func (s *streams) dial(id uint16) error {
	connection, err := net.Dial("tcp", delveAddress)
	if err != nil {
		return fmt.Errorf("Delve does not listen: %w", err)
	}
	made := &stream{connection, make(chan []byte, maxUnsent)}
	s.mutex.Lock()
	if s.open[id] != nil {
		s.mutex.Unlock()
		connection.Close()
		return fmt.Errorf("stream %d is open already", id)
	}
	s.open[id] = made
	s.mutex.Unlock()
	go func() {
		for bytes := range made.input {
			if _, err := connection.Write(bytes); err != nil {
				connection.Close()
			}
		}
		connection.Close()
	}()
	go s.read(id, made)
	return nil
}

func (s *streams) read(id uint16, from *stream) {
	chunk := make([]byte, maxChunk)
	for {
		n, err := from.connection.Read(chunk)
		if n > 0 {
			s.out.bytesOf(streamFrame, id, chunk[:n])
		}
		if err != nil {
			break
		}
	}
	s.close(id)
	s.out.control(streamEndedMessage{"stream-ended", id})
}

func (s *streams) input(id uint16, bytes []byte) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if found := s.open[id]; found != nil {
		select {
		case found.input <- bytes:
		default:
			found.connection.Close()
		}
	}
}

// close also forgets it; closing twice is harmless.
func (s *streams) close(id uint16) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if found := s.open[id]; found != nil {
		delete(s.open, id)
		close(found.input)
	}
}
