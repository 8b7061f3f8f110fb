// The objects that register this webhook with the API server: for new Pods of every namespace but kube-system.
package main

import (
	"encoding/base64"
	"fmt"
	"slices"
)

var kinds = []string{"mutating", "validating", "slow"}

// wish is what a configuration is asked for with.
type wish struct {
	kind, policy           string
	timeout, seconds, port int
}

func configuration(asked wish) (string, error) {
	if !slices.Contains([]string{"Fail", "Ignore"}, asked.policy) {
		return "", fmt.Errorf("--failure-policy is Fail or Ignore, not %q", asked.policy)
	}
	_, authority, err := certificate()
	if err != nil {
		return "", err
	}
	kind, path := "ValidatingWebhookConfiguration", "validate"
	switch asked.kind {
	case "mutating":
		kind, path = "MutatingWebhookConfiguration", "mutate"
	case "slow":
		path = fmt.Sprintf("slow/%d", asked.seconds)
	}
	return fmt.Sprintf(`apiVersion: admissionregistration.k8s.io/v1
kind: %s
metadata:
  name: %s
webhooks:
- name: %[2]s.webhook.sandbox
  clientConfig:
    url: https://127.0.0.1:%d/%s
    caBundle: %s
  rules:
  - operations: [CREATE]
    apiGroups: ['']
    apiVersions: [v1]
    resources: [pods]
    scope: Namespaced
  namespaceSelector:
    matchExpressions:
    - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}
  failurePolicy: %s
  timeoutSeconds: %d
  sideEffects: None
  admissionReviewVersions: [v1]
`, kind, asked.kind, asked.port, path, base64.StdEncoding.EncodeToString(authority), asked.policy, asked.timeout), nil
}
