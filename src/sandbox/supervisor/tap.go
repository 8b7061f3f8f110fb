// The tap: where the reader's dlv connects. It passes everything on to Delve and mirrors both directions to the backend.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"sync"
)

const (
	requestDirection byte = 0
	replyDirection   byte = 1
)

// serveTap listens from now on.
func serveTap(out *frameWriter) error {
	listener, err := net.Listen("tcp", tapAddress)
	if err != nil {
		return err
	}
	go func() {
		for number := uint16(1); ; number++ {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go (&tapped{out: out, number: number, client: client}).serve()
		}
	}()
	return nil
}

// tapped is one connection of the reader's dlv.
type tapped struct {
	out    *frameWriter
	number uint16
	client net.Conn
	// Guards what is written to the client, where an answer of our own must not split one of Delve's.
	mutex    sync.Mutex
	midReply bool
	own      []byte
}

func (t *tapped) serve() {
	defer t.out.control(tapClosedMessage{"tap-closed", t.number})
	defer t.client.Close()
	server, err := net.Dial("tcp", delveAddress)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		t.requests(server)
		server.Close()
	}()
	t.replies(server)
}

// requests passes whole requests on, so that one that would end Delve for everyone can be answered here.
func (t *tapped) requests(server net.Conn) {
	from := bufio.NewReader(t.client)
	first, err := from.Peek(1)
	if err != nil {
		return
	}
	if first[0] != '{' {
		// Not JSON-RPC (an editor's DAP, perhaps): passed on as it is.
		_, _ = io.Copy(server, from)
		return
	}
	decoder := json.NewDecoder(from)
	for {
		var raw json.RawMessage
		if decoder.Decode(&raw) != nil {
			return
		}
		line := append(raw, '\n')
		t.out.tapped(t.number, requestDirection, line)
		if number, ends := endsDelve(raw); ends {
			t.answer(append(append([]byte(`{"id":`), number...), `,"result":{},"error":null}`+"\n"...))
			continue
		}
		if _, err := server.Write(line); err != nil {
			return
		}
	}
}

// endsDelve recognises the reader's `exit`, which by default kills the headless server and the API server with it: here only the
// terminal's dlv ends, and the page and the breakpoints stay.
func endsDelve(raw json.RawMessage) (number json.RawMessage, ends bool) {
	if !bytes.Contains(raw, []byte("RPCServer.Detach")) {
		return nil, false
	}
	var asked struct {
		ID     json.RawMessage
		Method string
	}
	if json.Unmarshal(raw, &asked) != nil || asked.Method != "RPCServer.Detach" {
		return nil, false
	}
	return asked.ID, true
}

func (t *tapped) replies(server net.Conn) {
	chunk := make([]byte, maxChunk)
	for {
		n, err := server.Read(chunk)
		if n > 0 {
			t.reply(chunk[:n])
		}
		if err != nil {
			return
		}
	}
}

// reply mirrors before it passes on, so that what the page is told never comes after what the reader sees.
func (t *tapped) reply(bytes []byte) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.out.tapped(t.number, replyDirection, bytes)
	_, _ = t.client.Write(bytes)
	t.midReply = bytes[len(bytes)-1] != '\n'
	t.flushOwn()
}

func (t *tapped) answer(line []byte) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.own = append(t.own, line...)
	t.flushOwn()
}

func (t *tapped) flushOwn() {
	if t.midReply || len(t.own) == 0 {
		return
	}
	t.out.tapped(t.number, replyDirection, t.own)
	_, _ = t.client.Write(t.own)
	t.own = nil
}
