// Writes the keys, certificates and kubeconfigs that the control plane and the learner use into the sandbox's memory.
package main

import (
	"encoding/base64"
	"fmt"
	"net"
	"os"
	"path/filepath"
)

const (
	kubernetesFolder = "/etc/kubernetes"
	apiServer        = "https://127.0.0.1:6443"
	// The learner is a user like any other, so that requests pass through RBAC; a binding makes it cluster-admin.
	learner = "learner"
)

// writePKI fills /etc/kubernetes. The identity returned is the supervisor's own; it is never written.
func writePKI() (*authority, identity, error) {
	ca, err := newAuthority()
	if err != nil {
		return nil, identity{}, err
	}
	names := []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}
	server, err := ca.server("kube-apiserver", names, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)})
	if err != nil {
		return nil, identity{}, err
	}
	private, public, err := newKeyPair()
	if err != nil {
		return nil, identity{}, err
	}
	admin, err := ca.client(learner)
	if err != nil {
		return nil, identity{}, err
	}
	controllers, err := ca.client("system:kube-controller-manager")
	if err != nil {
		return nil, identity{}, err
	}
	own, err := ca.client("supervisor", "system:masters")
	if err != nil {
		return nil, identity{}, err
	}
	files := map[string][]byte{
		"pki/ca.crt":                         ca.pem,
		"pki/apiserver.crt":                  server.certificate,
		"pki/apiserver.key":                  server.key,
		"pki/sa.key":                         private,
		"pki/sa.pub":                         public,
		"admin.kubeconfig":                   kubeconfig(ca, learner, admin),
		"kube-controller-manager.kubeconfig": kubeconfig(ca, "kube-controller-manager", controllers),
	}
	for name, content := range files {
		path := filepath.Join(kubernetesFolder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, identity{}, err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return nil, identity{}, err
		}
	}
	return ca, own, nil
}

func kubeconfig(ca *authority, user string, as identity) []byte {
	return fmt.Appendf(nil, `apiVersion: v1
kind: Config
clusters:
- name: sandbox
  cluster:
    server: %s
    certificate-authority-data: %s
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
contexts:
- name: %[3]s@sandbox
  context:
    cluster: sandbox
    user: %[3]s
current-context: %[3]s@sandbox
`, apiServer, encode(ca.pem), user, encode(as.certificate), encode(as.key))
}

func encode(pem []byte) string { return base64.StdEncoding.EncodeToString(pem) }
