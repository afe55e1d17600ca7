package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// sqlCommand runs a statement on a database behind the program's back and
// prints the rows: sql DIR STATEMENT.
func sqlCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql DIR STATEMENT")
	}
	driver, source := "pgx", ts.Getenv("GIAOBAN_DB")
	if source == "" {
		driver, source = "sqlite", "file:"+ts.MkAbs(args[0])+"/giaoban.db"
	}
	db, err := sql.Open(driver, source)
	ts.Check(err)
	defer db.Close()
	rows, err := db.Query(args[1])
	ts.Check(err)
	defer rows.Close()
	columns, err := rows.Columns()
	ts.Check(err)
	for rows.Next() {
		values := make([]string, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		ts.Check(rows.Scan(into...))
		fmt.Fprintln(ts.Stdout(), strings.Join(values, " "))
	}
	ts.Check(rows.Err())
}

var printed = regexp.MustCompile(`https?://[^\s/]+`)

// addressCommand waits until a program that was started in the background says
// where it is, and keeps that, and the port alone: address FILE VARIABLE.
func addressCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: address FILE VARIABLE")
	}
	late := time.Now().Add(time.Minute)
	for {
		said, err := os.ReadFile(ts.MkAbs(args[0]))
		if found := printed.FindString(string(said)); err == nil && found != "" && strings.Contains(string(said), found+"\n") {
			ts.Setenv(args[1], found)
			ts.Setenv(args[1]+"_PORT", found[strings.LastIndex(found, ":")+1:])
			return
		}
		if time.Now().After(late) {
			ts.Fatalf("no address in %s, which says:\n%s", args[0], said)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// getCommand asks for a page and prints status, headers and body: get URL
// [STATUS]. Without a status, none but 200 will do.
func getCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 1 {
		args = append(args, "200")
	}
	if len(args) != 2 {
		ts.Fatalf("usage: [!] get URL [STATUS]")
	}
	fetch(ts, neg, &http.Client{}, args[0], args[1])
}

// trustedCommand asks for a page by HTTPS at 127.0.0.1, as a device that trusts
// an authority and finds the host there: trusted FILE URL [STATUS].
func trustedCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 2 {
		args = append(args, "200")
	}
	if len(args) != 3 {
		ts.Fatalf("usage: [!] trusted FILE URL [STATUS]")
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(ts.ReadFile(args[0]))) {
		ts.Fatalf("%s holds no certificate", args[0])
	}
	fetch(ts, neg, &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool},
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return new(net.Dialer).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
		},
	}}, args[1], args[2])
}

func fetch(ts *testscript.TestScript, neg bool, client *http.Client, address, status string) {
	client.Timeout = 20 * time.Second
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Get(address)
	if neg {
		if err == nil {
			ts.Fatalf("%s: answered with %s, want no answer", address, response.Status)
		}
		fmt.Fprintln(ts.Stderr(), err)
		return
	}
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	fmt.Fprintln(ts.Stdout(), response.Status)
	ts.Check(response.Header.Write(ts.Stdout()))
	fmt.Fprintf(ts.Stdout(), "\n%s\n", body)
	if strconv.Itoa(response.StatusCode) != status {
		ts.Fatalf("%s: answered with %s, want %s", address, response.Status, status)
	}
}

// modeCommand compares the rights of a file: mode FILE 0600.
func modeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode FILE RIGHTS")
	}
	about, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", about.Mode().Perm()); got != args[1] {
		ts.Fatalf("the rights of %s are %s, want %s", args[0], got, args[1])
	}
}

// exitsCommand runs a program that must end with a status: exits 2 giaoban serve.
func exitsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM [ARGUMENT...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		ts.Fatalf("%v", err)
	}
	got := 0
	if ended != nil {
		got = ended.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s ended with status %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// terminateCommand sends the signal TERM to all programs in the background.
func terminateCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: terminate")
	}
	for _, program := range ts.BackgroundCmds() {
		if program.ProcessState == nil {
			ts.Check(program.Process.Signal(syscall.SIGTERM))
		}
	}
}
