package main

import (
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
	secure, err := s.secure(listener, &config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer a.Close()
	if err := greet(ctx, c, a, config.Address); err != nil {
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
func (s serve) secure(listener net.Listener, config *app.Config) (*tls.Config, error) {
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, err
	}
	if s.TLSCert == "" && loopback(listener) {
		config.Address = "http://" + listener.Addr().String()
		return nil, nil
	}
	host := s.Host
	if host == "" && s.TLSCert == "" {
		if host, err = app.KeptHost(s.Data); err != nil {
			return nil, err
		}
		if host == "" {
			return nil, errUsage("off loopback browsers come by HTTPS, which needs this machine's name: --host giaoban.tinh.vn")
		}
	}
	config.Secure = true
	secure, address, err := app.Secure(s.Data, host, s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, err
	}
	config.Address = "https://" + address
	if port != "443" {
		config.Address += ":" + port
	}
	return secure, nil
}

func loopback(listener net.Listener) bool {
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// greet says where to look, and how to begin where nobody has yet.
func greet(ctx context.Context, c console, a *app.App, address string) error {
	fmt.Fprintln(c.err, c.t("cli.serving", "address", address))
	code, err := a.SetUpCode(ctx)
	if err != nil {
		return err
	}
	if code != "" {
		fmt.Fprintln(c.err, c.t("cli.setup", "address", address+"/setup", "code", code))
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
