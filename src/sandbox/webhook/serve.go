// The HTTPS server: reads a review, has it answered, and prints a line about it.
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// More than any object that a reader makes.
const mostBytes = 4 << 20

type answer func(from *http.Request, to *request) (*response, string)

func serve(port int) error {
	pair, _, err := certificate()
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/mutate", reviewed("mutate", func(_ *http.Request, to *request) (*response, string) { return mutate(to) }))
	mux.Handle("/validate", reviewed("validate", func(_ *http.Request, to *request) (*response, string) { return validate(to) }))
	// The API server allows no query in the address of a webhook, so that the seconds may be part of the path.
	for _, path := range []string{"/slow", "/slow/{seconds}"} {
		mux.Handle(path, reviewed("slow", func(from *http.Request, _ *request) (*response, string) {
			return slow(secondsOf(from), from.Context().Done())
		}))
	}
	server := http.Server{
		Handler:           mux,
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{pair}},
		ReadHeaderTimeout: 10 * time.Second,
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	fmt.Printf("webhook: serving https://%s/mutate, /validate and /slow/SECONDS\n", listener.Addr())
	return server.ServeTLS(listener, "", "")
}

func secondsOf(from *http.Request) time.Duration {
	text := from.PathValue("seconds")
	if text == "" {
		text = from.URL.Query().Get("seconds")
	}
	seconds, _ := strconv.ParseFloat(text, 64)
	return time.Duration(seconds * float64(time.Second))
}

// reviewed answers one review with another of the same version and uid.
func reviewed(name string, answer answer) http.Handler {
	return http.HandlerFunc(func(to http.ResponseWriter, from *http.Request) {
		var asked review
		if err := json.NewDecoder(http.MaxBytesReader(to, from.Body, mostBytes)).Decode(&asked); err != nil || asked.Request == nil {
			http.Error(to, "this is no AdmissionReview with a request", http.StatusBadRequest)
			return
		}
		response, words := answer(from, asked.Request)
		response.UID = asked.Request.UID
		fmt.Printf("%s: %s: %s\n", name, asked.Request.words(), words)
		to.Header().Set("Content-Type", "application/json")
		// Who has hung up does not read it, and there is nobody else to tell.
		_ = json.NewEncoder(to).Encode(review{APIVersion: asked.APIVersion, Kind: asked.Kind, Response: response})
	})
}
