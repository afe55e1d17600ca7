package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/witness"
)

// serve serves an installation.
type serve struct {
	where
	listening
	mailing
	Host    string `help:"The name by which browsers find this machine, as giaoban.example.vn. Needed off loopback; kept in the directory." placeholder:"NAME"`
	TLSCert string `help:"Certificate chain (PEM) for HTTPS; without it a local authority is made." name:"tls-cert" type:"existingfile" placeholder:"FILE"`
	TLSKey  string `help:"The certificate's private key (PEM)." name:"tls-key" type:"existingfile" placeholder:"FILE"`
	obtaining
	publishing
	Witness string `help:"Send each new signed checkpoint of the log to this address, where nobody who runs this machine can change it." placeholder:"https://…"`
	Media   bool   `help:"Carry picture and sound of briefings, by a process beside this one (giaoban media)."`
	conferring
	LogJSON  bool       `help:"Write the log as JSON." name:"log-json"`
	LogLevel slog.Level `help:"What goes into the log: debug (also a line per request), info, warn or error." name:"log-level" default:"info" placeholder:"LEVEL"`
}

// Help teaches more than a line can.
func (serve) Help() string {
	return `An empty directory is set up in the browser: the first start prints the address and a code for it.

On loopback (127.0.0.1, [::1]) browsers come by plain HTTP. On any other address they come by HTTPS only: with the certificate of --tls-cert and --tls-key, with one that --acme has an authority on the internet give, or with one of the installation's own authority for the name given by --host. The page /trust then tells how a device is made to trust it.

    giaoban serve --data /srv/giaoban
    giaoban serve --listen 0.0.0.0:443 --host giaoban.example.vn
    giaoban serve --listen 0.0.0.0:443 --acme giaoban.example.vn
    giaoban serve --db postgres://giaoban@db.example.vn/giaoban

With --public the news pages have an address of their own, where nothing else can be reached. A proxy that leads the public's name there from the same machine gets plain HTTP on loopback; elsewhere it is HTTPS with the certificate of --tls-cert, which then has to name both.

    giaoban serve --listen 10.0.0.5:443 --host giaoban.example.vn --public 127.0.0.1:8080 --public-address https://tin.example.vn

With --media briefings have picture and sound. They go by UDP and TCP between browsers and this machine, past the port of --listen: the firewall has to leave --media-udp and --media-tcp open, and with HTTPS --media-turn for sites out of which nothing else gets. With --livekit a LiveKit that runs elsewhere carries them.

With --witness each new checkpoint is sent by POST (text/plain, five lines) to an address outside and sent again until it is taken. What was kept there is compared by giaoban verify --checkpoint.

With --smtp, invitations to briefings, changes of their time and reminders go out by e-mail. The sender is given by --smtp-from; a password stands in a file of its own.

    giaoban serve --smtp smtp.example.vn:587 --smtp-from "Văn phòng <giaoban@example.vn>" --smtp-user giaoban --smtp-password-file /etc/giaoban-smtp

A database's password is better given in the environment, as GIAOBAN_DB, than on the command line, where others on this machine can read it.

It answers at once. While it reads a long log, every page says how far it is and /readyz is 503; where it is to be found is printed once it is ready.

Ctrl-C, or the signal TERM, ends it once what was asked has been answered. For watching it there are GET /healthz, /readyz and /metrics.`
}

// Run serves until it is told to stop.
func (s serve) Run(ctx context.Context, c console) error {
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return errUsage("--tls-cert and --tls-key go together")
	}
	if s.ACME != "" && (s.TLSCert != "" || s.Host != "") {
		return errUsage("--acme names the host and brings the certificate: neither --host nor --tls-cert goes with it")
	}
	config, err := s.config(c)
	if err != nil {
		return err
	}
	if s.Witness != "" {
		if err := witness.Check(s.Witness); err != nil {
			return errUsage("--witness: " + err.Error())
		}
		config.Witness = s.Witness
	}
	if err := s.put(&config); err != nil {
		return err
	}
	config.Log = logger(c, s.LogJSON, s.LogLevel)
	listener, err := s.open()
	if err != nil {
		return err
	}
	host, err := s.address(listener, &config, c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := s.publish(&config, host); err != nil {
		return errors.Join(err, listener.Close())
	}
	return s.serve(ctx, c, config, listener, host)
}

// serve serves on an open port; host is "" for plain HTTP.
func (s serve) serve(ctx context.Context, c console, config app.Config, listener net.Listener, host string) (err error) {
	var greeting []string
	config.Serving = func() { fmt.Fprintln(c.err, strings.Join(greeting, "\n")) }
	rooms, err := s.rooms(s.Media, config, s.shown(config.Data, host), c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	config.Media = rooms.find
	a, err := app.Take(ctx, config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	defer rooms.keep()()
	secure, own, err := s.certificate(ctx, a, host)
	if err == nil {
		greeting, err = greet(ctx, c, a, config, own)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return a.Serve(ctx, listener, secure)
}

// logger writes what operators should know, one line each. What libraries say
// goes there, too.
func logger(c console, asJSON bool, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	var handler slog.Handler = slog.NewTextHandler(c.err, options)
	if asJSON {
		handler = slog.NewJSONHandler(c.err, options)
	}
	log := slog.New(handler)
	slog.SetDefault(log)
	return log
}

// address decides how browsers come in, plain on loopback, else by HTTPS alone
// to a host, and tells the configuration. The host is "" for plain HTTP.
func (s serve) address(listener net.Listener, config *app.Config, c console) (host string, err error) {
	if s.TLSCert == "" && s.Host == "" && s.ACME == "" && loopback(listener) {
		config.Address = "http://" + listener.Addr().String()
		return "", nil
	}
	if host, err = s.host(config.Data, c); err != nil {
		return "", err
	}
	if err := authority.CheckHost(host); err != nil {
		return "", err
	}
	name := host
	if strings.Contains(host, ":") {
		name = "[" + host + "]" // an address of IPv6
	}
	config.Secure, config.Address = true, "https://"+name
	if _, port, err := net.SplitHostPort(listener.Addr().String()); err == nil && port != "443" {
		config.Address += ":" + port
	}
	return host, nil
}

// certificate is what HTTPS shows: the given one, one that an authority elsewhere gives
// and renews until ctx ends, or one of the installation's own authority. Plain HTTP shows none.
func (s serve) certificate(ctx context.Context, a *app.App, host string) (*tls.Config, *authority.Authority, error) {
	if host == "" {
		return nil, nil, nil
	}
	if s.TLSCert != "" {
		given, err := authority.FromFiles(s.TLSCert, s.TLSKey)
		return given, nil, err
	}
	if s.ACME != "" {
		secure, err := s.obtain(ctx, a)
		return secure, nil, err
	}
	own, err := a.OwnAuthority(host)
	if err != nil {
		return nil, nil, err
	}
	return own.TLS(), own, nil
}

// host is the name by which browsers come: given, kept from before, or asked for.
func (s serve) host(data string, c console) (string, error) {
	if name := cmp.Or(s.Host, s.ACME); name != "" {
		return name, nil
	}
	kept, err := app.KeptHost(data)
	if kept != "" || err != nil {
		return kept, err
	}
	if info, err := os.Stdin.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return "", errUsage("off loopback browsers come by HTTPS, which needs this machine's name: --host giaoban.example.vn")
	}
	fmt.Fprint(c.err, c.t("cli.host.ask"))
	typed, err := bufio.NewReader(os.Stdin).ReadString('\n')
	return strings.TrimSpace(typed), err
}

// greet says where to look, and how to begin where nobody has yet.
func greet(ctx context.Context, c console, a *app.App, config app.Config, own *authority.Authority) ([]string, error) {
	address := config.Address
	lines := []string{c.t("cli.serving", "address", address)}
	if public := config.PublicAddress; public != "" {
		lines = append(lines, c.t("cli.serving.public", "address", public))
	}
	if own != nil {
		lines = append(lines, c.t("cli.trust", "address", address, "fingerprint", own.Fingerprint()))
	}
	code, err := a.SetUpCode(ctx)
	if err == nil && code != "" {
		lines = append(lines, c.t("cli.setup", "address", address+"/setup", "code", code))
	}
	return lines, err
}
