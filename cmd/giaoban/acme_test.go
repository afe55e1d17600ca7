package main

import (
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/daemon"
	"giaoban/internal/edge/authority"
)

// The program has Let's Encrypt's own test authority give it a certificate, which asks
// at the program's port whether the name is its own, and shows the same after a restart.
func TestACertificateIsObtainedByACMEAndKept(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	own := freeAddress(t)
	directory := pebble(t, own)
	serve := []string{"serve", "--listen", own, "--acme", "giaoban.example.vn", "--acme-directory", directory}
	program := in.start(serve...)
	first := program.shows(own, "giaoban.example.vn")
	kept := filepath.Join(in.dir, "acme", "giaoban.example.vn")
	for late := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) { // it is shown a moment before it is kept
		_, err := os.Stat(kept)
		if err == nil {
			break
		}
		if time.Now().After(late) {
			t.Fatal(err)
		}
	}
	program.kill()
	again := in.start(serve...)
	if second := again.shows(own, "giaoban.example.vn"); second != first {
		t.Errorf("after a restart the certificate is %s, want %s as before", second, first)
	}
	if said := in.doctor(); strings.Contains(said, "giaoban.example.vn") {
		t.Errorf("with a good certificate the doctor says:\n%s", said)
	}
}

// What the authority says when it refuses is in the log and in the doctor's words.
func TestWhyNoCertificateWasObtainedIsSaid(t *testing.T) {
	in := installation{t: t, dir: t.TempDir()}
	own := freeAddress(t)
	program := in.start("serve", "--listen", own, "--acme", "blocked-domain.example", "--acme-directory", pebble(t, own))
	for late := time.Now().Add(time.Minute); !strings.Contains(program.said(), "no certificate was obtained"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("the program does not say that it got no certificate:\n%s", program.said())
		}
	}
	for late := time.Now().Add(time.Minute); !strings.Contains(in.doctor(), "no certificate for blocked-domain.example was obtained"); {
		if time.Now().After(late) {
			t.Fatalf("the doctor does not say that no certificate was obtained:\n%s", in.doctor())
		}
	}
}

// doctor is what the doctor says, however ill the installation is.
func (in installation) doctor() string {
	in.t.Helper()
	said, _ := in.command("doctor").Output() // its status is of the whole installation
	return string(said)
}

// shows waits until the program shows a certificate of the authority for a name, and
// gives its number.
func (s *server) shows(address, name string) string {
	s.t.Helper()
	var last error
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		conn, err := tls.Dial("tcp", address, &tls.Config{ServerName: name, InsecureSkipVerify: true})
		if err != nil {
			last = err
			continue
		}
		leaf := conn.ConnectionState().PeerCertificates[0]
		conn.Close()
		if err := leaf.VerifyHostname(name); err != nil || !strings.Contains(leaf.Issuer.CommonName, "Pebble") {
			s.t.Fatalf("the certificate is of %q for %v, want of Pebble for %s", leaf.Issuer.CommonName, leaf.DNSNames, name)
		}
		return leaf.SerialNumber.String()
	}
	s.t.Fatalf("no certificate is shown: %v; the program says:\n%s", last, s.said())
	return ""
}

// pebble starts an authority that asks at an address whether names are its own, and
// gives where programs ask it. They trust it from now on.
func pebble(t *testing.T, asked string) (directory string) {
	t.Helper()
	dir := t.TempDir()
	own, err := authority.Load(dir, "localhost", clock.Machine)
	if err != nil {
		t.Fatal(err)
	}
	root, file := filepath.Join(dir, "root.pem"), filepath.Join(dir, authority.ServerFile)
	if err := os.WriteFile(root, own.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", root)
	binary := filepath.Join(dir, "pebble")
	build := exec.Command("go", "build", "-modfile", "tools/go.mod", "-o", binary, "github.com/letsencrypt/pebble/v2/cmd/pebble")
	build.Dir = filepath.Join("..", "..")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building Pebble: %v\n%s", err, said)
	}
	_, port, _ := net.SplitHostPort(asked)
	number, _ := strconv.Atoi(port)
	address := freeAddress(t)
	settings, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": address, "certificate": file, "privateKey": file, "tlsPort": number, "httpPort": number,
		"domainBlocklist": []string{"blocked-domain.example"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pebble.json"), settings, 0o600); err != nil {
		t.Fatal(err)
	}
	work, err := os.MkdirTemp("", "pebble-")
	if err != nil {
		t.Fatal(err)
	}
	running, err := daemon.Start(daemon.Program{
		Name: "env", Args: []string{"PEBBLE_VA_NOSLEEP=1", binary, "-config", filepath.Join(dir, "pebble.json"), "-dnsserver", names(t)},
		Dir: work, Stop: "TERM",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(address)
	directory = "https://localhost:" + port + "/dir"
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	err = running.Await(time.Minute, func() error {
		answer, err := client.Get(directory)
		if err == nil {
			answer.Body.Close()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return directory
}

// names is a name server, asked by TCP, to which every host is this machine.
func names(t *testing.T) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // the test has ended
			}
			go func() {
				defer conn.Close()
				for name(conn) == nil {
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// name answers one question; its length goes before each message: RFC 1035, 4.2.2.
func name(conn net.Conn) error {
	var length [2]byte
	if _, err := io.ReadFull(conn, length[:]); err != nil {
		return err
	}
	question := make([]byte, binary.BigEndian.Uint16(length[:]))
	if _, err := io.ReadFull(conn, question); err != nil {
		return err
	}
	var m dnsmessage.Message
	if err := m.Unpack(question); err != nil {
		return err
	}
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	for _, q := range m.Questions {
		if q.Type == dnsmessage.TypeA {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
				Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
			})
		}
	}
	answer, err := m.Pack()
	if err != nil {
		return err
	}
	_, err = conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...))
	return err
}
