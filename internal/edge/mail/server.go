package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Encryption is how a connection to the server is made secret.
type Encryption string

// The ways.
const (
	Automatic Encryption = ""         // TLS from the start at port 465, else STARTTLS
	StartTLS  Encryption = "starttls" // required
	TLS       Encryption = "tls"      // from the start
	Plain     Encryption = "none"     // for a server on this machine or in its own net
)

// patience is how long a server may take for one step.
const patience = 30 * time.Second

// Server is the mail server that takes letters.
type Server struct {
	Address    string // host:port; port 587 where it has none
	From       string // the sender, as "Văn phòng <giaoban@example.vn>"
	Encryption Encryption
	User       string // "" for a server that asks for none
	Password   string
	CA         string // file (PEM) of the authority that signed its certificate; "" for those of the system
}

// Check says what is wrong with the settings, in words for whoever starts the program.
func (s Server) Check() error {
	host, port, err := s.endpoint()
	switch sender, wrong := mail.ParseAddress(s.From); {
	case err != nil:
		return err
	case host == "" || port <= 0 || port > 65535:
		return fmt.Errorf("%q is no mail server of the form smtp.example.vn:587", s.Address)
	case s.From == "":
		return errors.New("letters need a sender: --smtp-from \"Văn phòng <giaoban@example.vn>\"")
	case wrong != nil || !strings.Contains(sender.Address, "@"):
		return fmt.Errorf("%q is no mail address", s.From)
	case s.Encryption == Plain && s.Password != "":
		return errors.New("a password is not sent without encryption: leave out --smtp-user, or choose another --smtp-tls")
	case (s.User == "") != (s.Password == ""):
		return errors.New("--smtp-user and --smtp-password-file go together")
	}
	_, err = s.client()
	return err
}

func (s Server) endpoint() (host string, port int, err error) {
	if !strings.Contains(s.Address, ":") {
		return s.Address, 587, nil
	}
	host, digits, err := net.SplitHostPort(s.Address)
	if err != nil {
		return "", 0, fmt.Errorf("%q is no mail server of the form smtp.example.vn:587", s.Address)
	}
	port, _ = strconv.Atoi(digits) // 0 is none
	return host, port, nil
}

// Sender is the mail address from which letters come.
func (s Server) Sender() string {
	sender, err := mail.ParseAddress(s.From)
	if err != nil {
		return ""
	}
	return sender.Address
}

func (s Server) client() (*gomail.Client, error) {
	host, port, err := s.endpoint()
	if err != nil {
		return nil, err
	}
	security := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if s.CA != "" {
		content, err := os.ReadFile(s.CA)
		if err != nil {
			return nil, err
		}
		security.RootCAs = x509.NewCertPool()
		if !security.RootCAs.AppendCertsFromPEM(content) {
			return nil, fmt.Errorf("%s holds no certificate", s.CA)
		}
	}
	options := []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(patience), gomail.WithTLSConfig(security)}
	switch {
	case s.Encryption == Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case s.Encryption == TLS, s.Encryption == Automatic && port == 465:
		options = append(options, gomail.WithSSL())
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(host, options...)
}
