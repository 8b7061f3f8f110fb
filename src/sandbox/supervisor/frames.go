// Frames: what passes over the supervisor's stdin and stdout. Four bytes of length (big endian, of what follows), one of kind, the payload.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

type frameKind byte

const (
	// JSON, one message.
	controlFrame frameKind = 0
	// u16 terminal, bytes.
	terminalFrame frameKind = 1
	// u16 connection, u8 direction (0 request, 1 reply), bytes. Only from the sandbox.
	tapFrame frameKind = 2
	// u16 stream, bytes.
	streamFrame frameKind = 3
)

const (
	// Neither side takes a longer frame: nothing legitimate comes near it.
	maxFrame = 256 << 10
	// Bytes of a terminal, tap or stream in one frame, so that a flood in one leaves the others their turn.
	maxChunk = 32 << 10
)

// readFrame reads one frame, or io.EOF when the other side is gone.
func readFrame(from io.Reader) (frameKind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[:4])
	if length < 1 || length > maxFrame {
		return 0, nil, fmt.Errorf("a frame of %d bytes; 1 to %d are allowed", length, maxFrame)
	}
	payload := make([]byte, length-1)
	_, err := io.ReadFull(from, payload)
	return frameKind(head[4]), payload, err
}

// frameWriter writes whole frames, one at a time.
type frameWriter struct {
	mutex sync.Mutex
	to    io.Writer
}

func (w *frameWriter) write(kind frameKind, parts ...[]byte) {
	length := 1
	for _, part := range parts {
		length += len(part)
	}
	frame := make([]byte, 0, 4+length)
	frame = binary.BigEndian.AppendUint32(frame, uint32(length))
	frame = append(frame, byte(kind))
	for _, part := range parts {
		frame = append(frame, part...)
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	// A failed write means the backend is gone; stdin's end then ends the supervisor.
	_, _ = w.to.Write(frame)
}

func (w *frameWriter) control(message any) {
	text, err := json.Marshal(message)
	if err != nil {
		panic(err) // only our own shapes come here
	}
	w.write(controlFrame, text)
}

// bytesOf sends bytes of a numbered terminal or stream, in chunks.
func (w *frameWriter) bytesOf(kind frameKind, id uint16, bytes []byte) {
	for len(bytes) > 0 {
		chunk := bytes[:min(len(bytes), maxChunk)]
		w.write(kind, binary.BigEndian.AppendUint16(nil, id), chunk)
		bytes = bytes[len(chunk):]
	}
}

// tapped mirrors bytes between the reader's dlv and Delve.
func (w *frameWriter) tapped(connection uint16, direction byte, bytes []byte) {
	for len(bytes) > 0 {
		chunk := bytes[:min(len(bytes), maxChunk)]
		w.write(tapFrame, append(binary.BigEndian.AppendUint16(nil, connection), direction), chunk)
		bytes = bytes[len(chunk):]
	}
}
