package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"

	"giaoban/internal/app"
)

// listening says where to serve.
type listening struct {
	Listen string `help:"Where to listen. On loopback plain HTTP, elsewhere HTTPS." default:"127.0.0.1:8420" placeholder:"HOST:PORT"`
}

// serve serves an installation.
type serve struct {
	where
	listening
	Host    string `help:"The name by which browsers find this machine, as giaoban.tinh.vn. Needed off loopback; kept in the directory." placeholder:"NAME"`
	TLSCert string `help:"Certificate chain (PEM) for HTTPS; without it a local authority is made." name:"tls-cert" type:"existingfile" placeholder:"FILE"`
	TLSKey  string `help:"The certificate's private key (PEM)." name:"tls-key" type:"existingfile" placeholder:"FILE"`
	LogJSON bool   `help:"Write the log as JSON." name:"log-json"`
}

// Run serves until it is told to stop.
func (s serve) Run(ctx context.Context, c console) error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return errUsage("--tls-cert and --tls-key go together")
	}
	config := s.config()
	config.Log = s.log(c)
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return err
	}
	secure, err := s.secure(listener, &config, c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer a.Close()
	if err := greet(ctx, c, a, config); err != nil {
		return err
	}
	return a.Serve(ctx, listener, secure)
}

func (s serve) log(c console) *slog.Logger {
	if s.LogJSON {
		return slog.New(slog.NewJSONHandler(c.err, nil))
	}
	return slog.New(slog.NewTextHandler(c.err, nil))
}

// secure decides how browsers come in: plain on loopback, else by HTTPS alone.
func (s serve) secure(listener net.Listener, config *app.Config, c console) (*tls.Config, error) {
	if s.TLSCert == "" && s.Host == "" && loopback(listener) {
		config.Address = "http://" + listener.Addr().String()
		return nil, nil
	}
	host, err := s.host(c)
	if err != nil {
		return nil, err
	}
	config.Secure = true
	config.Address = "https://" + host
	if _, port, err := net.SplitHostPort(listener.Addr().String()); err == nil && port != "443" {
		config.Address = "https://" + net.JoinHostPort(host, port)
	}
	if s.TLSCert != "" {
		return app.GivenCertificate(s.TLSCert, s.TLSKey)
	}
	if config.Authority, err = app.OwnAuthority(s.Data, host); err != nil {
		return nil, err
	}
	return config.Authority.TLS(), nil
}

// host is the name by which browsers come: given, kept from before, or asked for.
func (s serve) host(c console) (string, error) {
	if s.Host != "" {
		return s.Host, nil
	}
	kept, err := app.KeptHost(s.Data)
	if kept != "" || err != nil {
		return kept, err
	}
	if info, err := os.Stdin.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return "", errUsage("off loopback browsers come by HTTPS, which needs this machine's name: --host giaoban.tinh.vn")
	}
	fmt.Fprint(c.err, c.t("cli.host.ask"))
	typed, err := bufio.NewReader(os.Stdin).ReadString('\n')
	return strings.TrimSpace(typed), err
}

func loopback(listener net.Listener) bool {
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// greet says where to look, and how to begin where nobody has yet.
func greet(ctx context.Context, c console, a *app.App, config app.Config) error {
	fmt.Fprintln(c.err, c.t("cli.serving", "address", config.Address))
	if config.Authority != nil {
		fmt.Fprintln(c.err, c.t("cli.trust", "address", config.Address, "fingerprint", config.Authority.Fingerprint()))
	}
	code, err := a.SetUpCode(ctx)
	if err != nil {
		return err
	}
	if code != "" {
		fmt.Fprintln(c.err, c.t("cli.setup", "address", config.Address+"/setup", "code", code))
	}
	return nil
}

// wildcard says whether a listener takes every address of the machine.
func wildcard(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	return err == nil && (host == "" || strings.Trim(host, "0.:[]") == "")
}

// temporary makes a directory that is removed when the command ends.
func temporary() (dir string, remove func(), err error) {
	dir, err = os.MkdirTemp("", "giaoban-demo-")
	return dir, func() {
		if err := os.RemoveAll(dir); err != nil {
			slog.Warn("a temporary directory stays behind", "dir", dir, "error", err)
		}
	}, err
}
