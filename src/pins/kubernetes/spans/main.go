// Receives the spans that the API server sends (OTLP over gRPC) into a file, and prints a trace of it as a tree.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

const usage = `spans serve [--listen 127.0.0.1:4317] [--file ~/spans.jsonl]
    receives spans and writes one line of JSON for each
spans show [--file ~/spans.jsonl] [--trace last|ID] [--filter text] [--attributes]
    prints a trace as a tree: milliseconds from its beginning, name, duration, events;
    with --filter the last trace that has the text in the name or an attribute of a span`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "spans: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return fmt.Errorf("what to do? There is:\n%s", usage)
	}
	verb := arguments[0]
	flags := flag.NewFlagSet(verb, flag.ExitOnError)
	flags.Usage = func() { fmt.Fprintln(os.Stderr, usage) }
	file := flags.String("file", inHome("spans.jsonl"), "")
	switch verb {
	case "serve":
		listen := flags.String("listen", "127.0.0.1:4317", "")
		if err := parse(flags, arguments[1:]); err != nil {
			return err
		}
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
		return serve(*listen, *file, stop)
	case "show":
		which := flags.String("trace", "last", "")
		filter := flags.String("filter", "", "")
		attributes := flags.Bool("attributes", false, "")
		if err := parse(flags, arguments[1:]); err != nil {
			return err
		}
		chosen, err := await(*file, *which, *filter)
		if err != nil {
			return err
		}
		printTree(os.Stdout, chosen, *attributes)
		return nil
	default:
		return fmt.Errorf("%q is nothing it does. There is:\n%s", verb, usage)
	}
}

func parse(flags *flag.FlagSet, arguments []string) error {
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no flag. There is:\n%s", flags.Arg(0), usage)
	}
	return nil
}

func inHome(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return filepath.Join(home, name)
}
