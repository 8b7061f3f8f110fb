// Waits until the control plane can do what the book asks of it, and prepares it for the learner.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const (
	// A start takes some 3 s on an idle machine; sixteen at once on two cores took 49 s.
	startLimit = 120 * time.Second
	// Between two questions to a server that does not listen yet, which nothing else would tell.
	retryEvery = 50 * time.Millisecond
)

// cluster is the supervisor's own client of the API server.
type cluster struct {
	client   *http.Client
	deadline time.Time
}

func newCluster(ca *authority, own identity) (*cluster, error) {
	pair, err := tls.X509KeyPair(own.certificate, own.key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca.certificate)
	transport := &http.Transport{TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: roots}, DisableKeepAlives: true}
	return &cluster{&http.Client{Transport: transport}, time.Now().Add(startLimit)}, nil
}

// waitAsLongAsItTakes is for a server that a learner holds.
func (c *cluster) waitAsLongAsItTakes() { c.deadline = time.Now().Add(1000 * time.Hour) }

// awaitReady returns when /readyz says ok, or with an error when the API server ended or took too long.
func (c *cluster) awaitReady(ended <-chan struct{}) error {
	said := "no answer"
	for time.Now().Before(c.deadline) {
		status, body, err := c.do(http.MethodGet, "/readyz", "")
		if err == nil && status == http.StatusOK {
			return nil
		}
		if err == nil {
			said = body
		}
		select {
		case <-ended:
			return errors.New("the API server ended while it started: " + lastLine(logFolder+"/kube-apiserver.log"))
		case <-time.After(retryEvery):
		}
	}
	return fmt.Errorf("the API server was not ready after %s; it said: %.300s", startLimit, said)
}

// makeLearnerAdmin binds the learner to cluster-admin.
func (c *cluster) makeLearnerAdmin() error {
	const group = "rbac.authorization.k8s.io"
	status, body, err := c.do(http.MethodPost, "/apis/"+group+"/v1/clusterrolebindings", fmt.Sprintf(
		`{"apiVersion":"%[1]s/v1","kind":"ClusterRoleBinding","metadata":{"name":"learner-is-cluster-admin"},`+
			`"roleRef":{"apiGroup":"%[1]s","kind":"ClusterRole","name":"cluster-admin"},`+
			`"subjects":[{"apiGroup":"%[1]s","kind":"User","name":"%[2]s"}]}`, group, learner))
	if err == nil && status != http.StatusCreated {
		err = fmt.Errorf("status %d: %.300s", status, body)
	}
	if err != nil {
		return fmt.Errorf("making the learner cluster-admin: %w", err)
	}
	return nil
}

// awaitServiceAccount returns when the default service account exists, without which no Pod can be created.
func (c *cluster) awaitServiceAccount() error {
	within, cancel := context.WithDeadline(context.Background(), c.deadline)
	defer cancel()
	const watch = "/api/v1/namespaces/default/serviceaccounts?watch=true&fieldSelector=metadata.name%3Ddefault"
	asked, err := http.NewRequestWithContext(within, http.MethodGet, apiServer+watch, nil)
	if err != nil {
		return err
	}
	answer, err := c.client.Do(asked)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	// The first event of this watch is the account being there.
	first := make([]byte, 1)
	if _, err := io.ReadFull(answer.Body, first); err != nil {
		return fmt.Errorf("the default service account did not appear: %w", err)
	}
	return nil
}

func (c *cluster) do(method, path, body string) (int, string, error) {
	asked, err := http.NewRequest(method, apiServer+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	asked.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(asked)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	return answer.StatusCode, string(said), err
}
