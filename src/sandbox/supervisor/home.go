// The learner's home: the shell's and Delve's settings, written at every start.
package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	homeFolder   = "/home/learner"
	sourceFolder = "/src"
)

//go:embed home
var homeFiles embed.FS

func writeHome(substitute [][2]string, files map[string]string) error {
	rules, err := json.Marshal(substitute)
	if err != nil {
		return err
	}
	contents := map[string]string{
		".config/dlv/config.yml": delveSettings(substitute),
		// No network, no telemetry: without this Delve keeps a second process for it.
		".config/go/telemetry/mode": "off\n",
	}
	for name, path := range map[string]string{
		"bashrc": ".bashrc", "connect.sh": ".config/dlv/connect.sh", "init": ".config/dlv/init", "list.star": ".config/dlv/list.star",
	} {
		text, err := homeFiles.ReadFile("home/" + name)
		if err != nil {
			return err
		}
		contents[path] = string(text)
	}
	contents[".config/dlv/list.star"] = strings.Replace(contents[".config/dlv/list.star"], "RULES = []", "RULES = "+string(rules), 1)
	for path, text := range files {
		contents[path] = text
	}
	for path, text := range contents {
		path = filepath.Join(homeFolder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// delveSettings is Delve's config.yml with the rules that turn its paths into those of the Kubernetes repository.
func delveSettings(substitute [][2]string) string {
	var text strings.Builder
	text.WriteString("substitute-path:\n")
	for _, rule := range substitute {
		fmt.Fprintf(&text, "  - {from: %q, to: %q}\n", rule[0], rule[1])
	}
	return text.String()
}
