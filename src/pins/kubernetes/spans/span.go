// The shape of a span in the file, and how one is made of what OTLP carries.
package main

import (
	"encoding/hex"
	"encoding/json"
	"time"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
)

// span is one line of the file.
type span struct {
	Trace string `json:"trace"`
	ID    string `json:"span"`
	// Empty for the first span of a trace.
	Parent       string         `json:"parent,omitempty"`
	Name         string         `json:"name"`
	Start        time.Time      `json:"start"`
	Microseconds int64          `json:"microseconds"`
	Attributes   map[string]any `json:"attributes,omitempty"`
	Events       []event        `json:"events,omitempty"`
}

// event is something that happened within a span.
type event struct {
	Name string `json:"name"`
	// Microseconds from the start of its span.
	Offset     int64          `json:"offset"`
	Attributes map[string]any `json:"attributes,omitempty"`
}

func spanOf(from *trace.Span) span {
	start := from.GetStartTimeUnixNano()
	made := span{
		Trace:        hex.EncodeToString(from.GetTraceId()),
		ID:           hex.EncodeToString(from.GetSpanId()),
		Parent:       hex.EncodeToString(from.GetParentSpanId()),
		Name:         from.GetName(),
		Start:        time.Unix(0, int64(start)).UTC(),
		Microseconds: microseconds(start, from.GetEndTimeUnixNano()),
		Attributes:   attributesOf(from.GetAttributes()),
	}
	for _, one := range from.GetEvents() {
		made.Events = append(made.Events, event{one.GetName(), microseconds(start, one.GetTimeUnixNano()), attributesOf(one.GetAttributes())})
	}
	return made
}

func microseconds(from, to uint64) int64 { return (int64(to) - int64(from)) / int64(time.Microsecond) }

func attributesOf(pairs []*common.KeyValue) map[string]any {
	if len(pairs) == 0 {
		return nil
	}
	made := map[string]any{}
	for _, pair := range pairs {
		made[pair.GetKey()] = valueOf(pair.GetValue())
	}
	return made
}

func valueOf(from *common.AnyValue) any {
	switch value := from.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return value.StringValue
	case *common.AnyValue_BoolValue:
		return value.BoolValue
	case *common.AnyValue_IntValue:
		return value.IntValue
	case *common.AnyValue_DoubleValue:
		return value.DoubleValue
	case *common.AnyValue_ArrayValue:
		made := []any{}
		for _, one := range value.ArrayValue.GetValues() {
			made = append(made, valueOf(one))
		}
		return made
	default:
		return from.String()
	}
}

// line is the span as it is written, with its newline.
func (s span) line() ([]byte, error) {
	text, err := json.Marshal(s)
	return append(text, '\n'), err
}
