// An admission webhook to look at the API server with: it changes, refuses or delays Pods, and prints the configuration that registers it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

const usage = `webhook serve [--port 8443]
    answers reviews on https://127.0.0.1: /mutate labels a Pod, /validate denies one that is labelled forbidden=true,
    /slow/SECONDS allows after that time; prints a line for each
webhook configuration mutating|validating|slow [--failure-policy Fail|Ignore] [--timeout SECONDS] [--seconds SECONDS] [--port 8443]
    prints what registers it for new Pods: pipe it to kubectl apply -f -
    (--timeout is how long the API server waits, --seconds how long the slow one takes)`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "webhook: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		return errors.New("what to do? There is:\n" + usage)
	}
	flags := flag.NewFlagSet(arguments[0], flag.ExitOnError)
	flags.Usage = func() { fmt.Fprintln(os.Stderr, usage) }
	port := flags.Int("port", 8443, "")
	switch verb, rest := arguments[0], arguments[1:]; verb {
	case "serve":
		if err := parse(flags, rest); err != nil {
			return err
		}
		return serve(*port)
	case "configuration":
		if len(rest) == 0 || !slices.Contains(kinds, rest[0]) {
			return fmt.Errorf("which configuration? There is: %s", strings.Join(kinds, ", "))
		}
		policy := flags.String("failure-policy", "Fail", "")
		timeout := flags.Int("timeout", 10, "")
		seconds := flags.Int("seconds", 5, "")
		if err := parse(flags, rest[1:]); err != nil {
			return err
		}
		text, err := configuration(wish{rest[0], *policy, *timeout, *seconds, *port})
		fmt.Print(text)
		return err
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
