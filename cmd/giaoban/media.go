package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/media"
	livekit "giaoban/internal/edge/media/server"
)

// travelling says how picture and sound travel to the media process.
type travelling struct {
	MediaIP     string `help:"The address by which browsers reach picture and sound, where it is not this machine's first." name:"media-ip" placeholder:"IP"`
	MediaUDP    int    `help:"Its UDP port; 0 takes any free one." name:"media-udp" default:"7882" placeholder:"PORT"`
	MediaTCP    int    `help:"Its TCP port, for where UDP is closed; 0 takes any free one." name:"media-tcp" default:"7881" placeholder:"PORT"`
	MediaTurn   int    `help:"Its TCP port of TURN over TLS, for sites out of which only HTTPS gets; with HTTPS alone. 0 for none." name:"media-turn" default:"5349" placeholder:"PORT"`
	MediaMemory int64  `help:"Its memory in MiB, above which it collects as often as it takes." default:"1024" placeholder:"MIB"`
}

// arguments are those of a media process that travels so and relays with what HTTPS
// shows.
func (t travelling) arguments(dir string, shown shown) []string {
	arguments := []string{
		"media", "--data", dir, "--alone", aloneFor.String(), "--media-udp", strconv.Itoa(t.MediaUDP),
		"--media-tcp", strconv.Itoa(t.MediaTCP), "--media-memory", strconv.FormatInt(t.MediaMemory, 10),
	}
	if t.MediaIP != "" {
		arguments = append(arguments, "--media-ip", t.MediaIP)
	}
	if shown.host != "" {
		arguments = append(arguments, "--media-turn", strconv.Itoa(t.MediaTurn), "--turn-host", shown.host,
			"--turn-cert", shown.certificate, "--turn-key", shown.key)
	}
	return arguments
}

// shown is what HTTPS shows, in PEM files; one file may be both.
type shown struct {
	host, certificate, key string // "" for plain HTTP
}

// aloneFor is how long a media process outlives the program that started it: long
// enough for a restart, so that a briefing keeps picture and sound.
const aloneFor = time.Minute

// carrying runs picture and sound.
type carrying struct {
	Data     string        `help:"The installation's directory; ${data} when left out." default:"${data}" type:"path" placeholder:"DIR"`
	Signal   string        `help:"Where the program asks it, and leads browsers to. Off loopback others on the network reach it, too." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	TurnHost string        `help:"The name by which browsers reach TURN over TLS; without it there is none." placeholder:"NAME"`
	TurnCert string        `help:"Its certificate chain (PEM), read again when it changes." type:"path" placeholder:"FILE"`
	TurnKey  string        `help:"The certificate's private key (PEM); it may stand in the same file." type:"path" placeholder:"FILE"`
	Alone    time.Duration `help:"End after this time without a program that serves the directory; 0 for never." default:"0s" placeholder:"TIME"`
	travelling
}

// Help teaches more than a line can.
func (carrying) Help() string {
	return `LiveKit in a process of its own: one site's packets can take down picture and sound for a moment, and never the reports. giaoban serve --media starts it by itself and starts it again when it dies. As a service of its own it is started by hand, with the same directory, and giaoban serve --media takes it up:

    giaoban media --data /srv/giaoban

Browsers ask for a room at the address of giaoban serve alone. Picture and sound go between them and the ports --media-udp and --media-tcp of this machine, which the firewall has to leave open. Sites out of which only HTTPS gets come to --media-turn, by TURN over TLS: giaoban serve gives it its own name and certificate; by hand they are given by --turn-host, --turn-cert and --turn-key.

For giaoban serve on another machine it is an outside LiveKit. Both have the same key and secret in the environment, as ` + media.KeyVariable + ` and ` + media.SecretVariable + `:

    giaoban media --data /srv/media --signal 10.0.0.5:7880
    giaoban serve --livekit http://10.0.0.5:7880`
}

// Run carries picture and sound until it is told to stop.
func (m carrying) Run(ctx context.Context, c console) error {
	if m.TurnHost != "" && (m.TurnCert == "" || m.TurnKey == "") {
		return errUsage("--turn-host goes with --turn-cert and --turn-key")
	}
	var relay livekit.Relay
	if m.TurnHost != "" && m.MediaTurn != 0 {
		relay = livekit.Relay{Host: m.TurnHost, Port: m.MediaTurn, Certificate: m.TurnCert, Key: m.TurnKey}
	}
	err := livekit.Run(ctx, livekit.Settings{
		Dir: m.Data, Signal: m.Signal, UDP: m.MediaUDP, TCP: m.MediaTCP, IP: m.MediaIP,
		Relay: relay, Memory: m.MediaMemory << 20, Alone: m.Alone, Version: versionText(),
	})
	if errors.Is(err, media.ErrRunning) {
		return fault.New(fault.Conflict, "cli.media.running", "dir", m.Data).Because(err)
	}
	return err
}

// conferring says where the rooms of briefings are.
type conferring struct {
	elsewhere
	travelling
}

// elsewhere names a LiveKit that runs elsewhere.
type elsewhere struct {
	Livekit     string `help:"Picture and sound of briefings by a LiveKit that runs elsewhere. Its key and secret stand in the environment or in --livekit-keys." placeholder:"https://…"`
	LivekitKeys string `help:"A file with one line, \"key: secret\"." type:"existingfile" placeholder:"FILE"`
}

// rooms is where the rooms of briefings are.
type rooms struct {
	find media.Finder      // nil for nowhere
	own  *media.Supervisor // of the process beside this one; nil where there is none
}

// rooms finds them elsewhere, in a process beside this one where that is wanted, or
// nowhere.
func (r conferring) rooms(own bool, config app.Config, shown shown, c console) (rooms, error) {
	if r.Livekit != "" || r.LivekitKeys != "" {
		find, err := r.outside()
		return rooms{find: find}, err
	}
	if !own {
		return rooms{}, nil
	}
	supervisor := media.NewSupervisor(config.Data, r.arguments(config.Data, shown), c.err, config.Log)
	return rooms{supervisor.Find, supervisor}, nil
}

// outside is the LiveKit that runs elsewhere.
func (r elsewhere) outside() (media.Finder, error) {
	keys, err := media.KeysFromEnvironment()
	if err == nil && r.LivekitKeys != "" {
		keys, err = media.KeysFromFile(r.LivekitKeys)
	}
	if err != nil {
		return nil, errUsage(err.Error())
	}
	find, err := media.Outside(r.Livekit, keys)
	if err != nil {
		return nil, errUsage(fmt.Sprintf("--livekit: %v. The keys stand in %s and %s, or in --livekit-keys", err, media.KeyVariable, media.SecretVariable))
	}
	return find, nil
}

// keep keeps the process beside this one alive, until the returned function lets go of
// it.
func (r rooms) keep() (letGo func()) {
	if r.own == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { r.own.Run(ctx) })
	return func() { cancel(); running.Wait() }
}

// stop ends the process beside this one for good.
func (r rooms) stop(dir string) error {
	if r.own == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return media.Stop(ctx, dir)
}
