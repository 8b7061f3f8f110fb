// The control messages between backend and supervisor; the same shapes are in link/messages.ts.
package main

// request is what the backend asks. Which fields count depends on Type.
type request struct {
	Type string `json:"type"`
	// Answered by done or refused with the same number: attach, open-terminal, dial.
	Request int `json:"request"`
	// Chosen by the backend: open-terminal, resize, acknowledge, close-terminal.
	Terminal uint16 `json:"terminal"`
	// Chosen by the backend: dial, close-stream.
	Stream  uint16 `json:"stream"`
	Program string `json:"program"`
	Columns uint16 `json:"columns"`
	Rows    uint16 `json:"rows"`
	Bytes   int    `json:"bytes"`
	// Delve's substitute-path rules: start.
	Substitute [][2]string `json:"substitute"`
	// start.
	Setup setup `json:"setup"`
}

// setup is in what this sandbox differs from the plain one; ../sandbox.ts says what the fields mean.
type setup struct {
	Server   []string          `json:"server"`
	Files    map[string]string `json:"files"`
	Start    string            `json:"start"`
	Commands []string          `json:"commands"`
}

// What the supervisor tells. Types: progress, ready, failed, done, refused, terminal-ended, stream-ended, tap-closed, process-ended.
type (
	plainMessage struct {
		Type string `json:"type"`
	}
	wordsMessage struct {
		Type  string `json:"type"`
		Words string `json:"words"`
	}
	doneMessage struct {
		Type    string `json:"type"`
		Request int    `json:"request"`
	}
	refusedMessage struct {
		Type    string `json:"type"`
		Request int    `json:"request"`
		Why     string `json:"why"`
	}
	terminalEndedMessage struct {
		Type     string `json:"type"`
		Terminal uint16 `json:"terminal"`
		Code     int    `json:"code"`
	}
	streamEndedMessage struct {
		Type   string `json:"type"`
		Stream uint16 `json:"stream"`
	}
	tapClosedMessage struct {
		Type       string `json:"type"`
		Connection uint16 `json:"connection"`
	}
	processEndedMessage struct {
		Type  string `json:"type"`
		Name  string `json:"name"`
		Words string `json:"words"`
	}
)
