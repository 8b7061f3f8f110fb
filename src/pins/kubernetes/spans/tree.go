// Finds one trace among all spans, and prints it as a tree in the order of time.
package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// choose finds the spans of one trace: the one whose id begins with `which`, or the last to begin in which some span holds the filter's text.
func choose(all []span, which, filter string) ([]span, error) {
	traces := map[string][]span{}
	for _, one := range all {
		traces[one.Trace] = append(traces[one.Trace], one)
	}
	var found []span
	for id, spans := range traces {
		if which != "last" && !strings.HasPrefix(id, which) {
			continue
		}
		if !slices.ContainsFunc(spans, func(one span) bool { return one.holds(filter) }) {
			continue
		}
		if found == nil || beginning(spans).After(beginning(found)) {
			found = spans
		}
	}
	if found == nil {
		return nil, fmt.Errorf("none of %d traces fits", len(traces))
	}
	return found, nil
}

// How long to wait for a trace that fits: spans are sent in batches, some time after they end.
const patience = 10 * time.Second

// await is choose, with patience.
func await(file, which, filter string) ([]span, error) {
	for began := time.Now(); ; time.Sleep(patience / 50) {
		all, err := readSpans(file)
		if err == nil {
			var found []span
			if found, err = choose(all, which, filter); err == nil {
				return found, nil
			}
		}
		if time.Since(began) > patience {
			return nil, err
		}
	}
}

func (s span) holds(text string) bool {
	if strings.Contains(s.Name, text) {
		return true
	}
	for _, value := range s.Attributes {
		if strings.Contains(fmt.Sprint(value), text) {
			return true
		}
	}
	return false
}

func beginning(spans []span) time.Time {
	return slices.MinFunc(spans, byStart).Start
}

func byStart(one, other span) int { return one.Start.Compare(other.Start) }

// printTree begins with the spans whose parent is not among them: the first one, and those whose parent has not arrived or was never sent.
func printTree(to io.Writer, spans []span, attributes bool) {
	slices.SortStableFunc(spans, byStart)
	children := map[string][]span{}
	known := map[string]bool{}
	for _, one := range spans {
		known[one.ID] = true
	}
	for _, one := range spans {
		parent := one.Parent
		if !known[parent] {
			parent = ""
		}
		children[parent] = append(children[parent], one)
	}
	p := printer{to, beginning(spans), children, attributes}
	fmt.Fprintf(to, "trace %s, %d spans, milliseconds\n", spans[0].Trace, len(spans))
	for _, root := range children[""] {
		p.print(root, "")
	}
}

type printer struct {
	to         io.Writer
	began      time.Time
	children   map[string][]span
	attributes bool
}

// print shows a span, then its events and children as they came.
func (p printer) print(one span, indent string) {
	p.line(one.Start, indent, fmt.Sprintf("%s  [%s]%s", one.Name, milliseconds(time.Duration(one.Microseconds)*time.Microsecond), p.words(one.Attributes)))
	inner := indent + "  "
	events := one.Events
	eventsUntil := func(until time.Time) {
		for len(events) > 0 && !one.at(events[0]).After(until) {
			p.line(one.at(events[0]), inner, "· "+events[0].words()+p.words(events[0].Attributes))
			events = events[1:]
		}
	}
	for _, child := range p.children[one.ID] {
		eventsUntil(child.Start)
		p.print(child, inner)
	}
	if len(events) > 0 {
		eventsUntil(one.at(events[len(events)-1]))
	}
}

func (s span) at(one event) time.Time {
	return s.Start.Add(time.Duration(one.Offset) * time.Microsecond)
}

// words are the event's name; messages of gRPC are all called alike, and differ in their direction.
func (e event) words() string {
	if direction, ok := e.Attributes["rpc.message.type"].(string); ok {
		return e.Name + " " + direction
	}
	return e.Name
}

func (p printer) line(at time.Time, indent, text string) {
	fmt.Fprintf(p.to, "%9s  %s%s\n", milliseconds(at.Sub(p.began)), indent, text)
}

func milliseconds(duration time.Duration) string { return fmt.Sprintf("%.3f", duration.Seconds()*1000) }

// words are the attributes in the order of their names, when they are asked for.
func (p printer) words(attributes map[string]any) string {
	if !p.attributes || len(attributes) == 0 {
		return ""
	}
	var pairs []string
	for key, value := range attributes {
		pairs = append(pairs, fmt.Sprintf("%s=%v", key, value))
	}
	slices.Sort(pairs)
	return "  " + strings.Join(pairs, " ")
}
