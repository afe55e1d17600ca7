package main

import (
	"os"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/edge/mail"
)

// mailing is the mail server by which letters go out; without one, none do.
type mailing struct {
	SMTP         string `help:"Send invitations to briefings by this mail server, as smtp.example.vn:587; none are sent without." name:"smtp" placeholder:"HOST:PORT"`
	SMTPFrom     string `help:"The sender, as \"Văn phòng <giaoban@example.vn>\"." name:"smtp-from" placeholder:"ADDRESS"`
	SMTPTLS      string `help:"How the connection is made secret: starttls or tls; by the port when left out. none only for a server on this machine or in its own net." name:"smtp-tls" enum:",starttls,tls,none" default:"" placeholder:"WAY"`
	SMTPUser     string `help:"Sign in to the mail server as this user." name:"smtp-user" placeholder:"NAME"`
	SMTPPassword string `help:"File with the user's password." name:"smtp-password-file" type:"existingfile" placeholder:"FILE"`
	SMTPCA       string `help:"Certificate (PEM) of the authority that signed the mail server's, where the system does not know it." name:"smtp-ca" type:"existingfile" placeholder:"FILE"`
}

// put puts the mail server into a configuration.
func (m mailing) put(config *app.Config) error {
	if m.SMTP == "" {
		return nil
	}
	server := mail.Server{Address: m.SMTP, From: m.SMTPFrom, Encryption: mail.Encryption(m.SMTPTLS), User: m.SMTPUser, CA: m.SMTPCA}
	if m.SMTPPassword != "" {
		content, err := os.ReadFile(m.SMTPPassword)
		if err != nil {
			return err
		}
		server.Password = strings.TrimRight(string(content), "\r\n")
	}
	if err := server.Check(); err != nil {
		return errUsage("--smtp: " + err.Error())
	}
	config.Mail = &server
	return nil
}
