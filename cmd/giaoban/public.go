package main

import (
	"errors"
	"net/url"

	"giaoban/internal/app"
)

// publishing says where the public finds its pages.
type publishing struct {
	Public        string `help:"Serve the news pages, and nothing else, here, too. On loopback plain HTTP, elsewhere HTTPS." placeholder:"HOST:PORT"`
	PublicAddress string `help:"How the public finds them, where it is by another name." name:"public-address" placeholder:"https://…"`
}

// publish opens the public's own port and tells the configuration; host is "" where the
// inside is plain HTTP.
func (p publishing) publish(config *app.Config, host string) error {
	if p.Public == "" {
		if p.PublicAddress != "" {
			return errUsage("--public-address needs --public: where the public pages are served")
		}
		return nil
	}
	if p.PublicAddress != "" {
		address, err := url.Parse(p.PublicAddress)
		if err != nil || address.Host == "" || address.Path != "" || address.Scheme != "https" && address.Scheme != "http" {
			return errUsage("--public-address is an address without a path, as https://tin.example.vn")
		}
	}
	listener, err := listening{p.Public}.open()
	if err != nil {
		return err
	}
	config.Public, config.PublicAddress, config.PublicTLS = listener, p.PublicAddress, !loopback(listener)
	if config.PublicTLS && host == "" {
		return errors.Join(errUsage("off loopback the public comes by HTTPS, too: --public needs --host, --acme or --tls-cert there"), listener.Close())
	}
	if config.PublicAddress == "" {
		config.PublicAddress = map[bool]string{false: "http://", true: "https://"}[config.PublicTLS] + listener.Addr().String()
	}
	return nil
}
