package server

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/livekit/livekit-server/pkg/config"
	"github.com/livekit/livekit-server/pkg/routing"
	"github.com/livekit/livekit-server/pkg/service"
	"github.com/livekit/livekit-server/pkg/telemetry/prometheus"

	"giaoban/internal/edge/media"
)

// Settings say how LiveKit runs.
type Settings struct {
	Dir     string        // the installation's directory: lock, socket and keys
	Signal  string        // HOST:PORT of the signalling; port 0 for any
	UDP     int           // the port of picture and sound; 0 for any
	TCP     int           // the same by TCP, where UDP is closed; 0 for any
	IP      string        // the address by which browsers reach those; "" for this machine's first
	Relay   Relay         // for sites that only HTTPS gets out of
	Memory  int64         // bytes above which memory is collected as often as it takes
	Alone   time.Duration // how long to stay while no program holds it; 0 for ever
	Version string        // of this program
}

// Run runs LiveKit until ctx ends, until it is told to stop, or until nobody has held
// it for long. It is ErrRunning where another has the directory.
func Run(ctx context.Context, s Settings) (err error) {
	// Whoever started it may be gone, and with it the reader of the log.
	signal.Ignore(syscall.SIGPIPE)
	if debug.SetMemoryLimit(-1) == math.MaxInt64 && s.Memory > 0 {
		debug.SetMemoryLimit(s.Memory)
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("making the directory of media: %w", err)
	}
	leash, err := media.TakeLeash(s.Dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leash.Close()) }()
	keys, err := keysOf(s.Dir)
	if err != nil {
		return err
	}
	conf, err := s.config(keys)
	if err != nil {
		return err
	}
	if s.Relay.Host != "" {
		relay, err := s.Relay.open(net.ParseIP(conf.RTC.NodeIP.V4), relaySecret(keys))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, relay.Close()) }()
	}
	rooms, err := open(conf)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() { cancel(rooms.Start()) }()
	defer rooms.Stop(true)
	there := media.LiveKit{URL: "http://" + net.JoinHostPort(conf.BindAddresses[0], strconv.Itoa(int(conf.Port))), Keys: keys}
	if err := answers(ctx, there.URL); err != nil {
		return errors.Join(err, ended(ctx))
	}
	err = leash.Hold(ctx, there, s.Version, s.Alone)
	return errors.Join(err, ended(ctx))
}

// ended is why LiveKit ended by itself; nil when it was told to.
func ended(ctx context.Context) error {
	if why := context.Cause(ctx); why != nil && !errors.Is(why, context.Canceled) {
		return fmt.Errorf("LiveKit ended: %w", why)
	}
	return nil
}

func open(conf *config.Config) (*service.LivekitServer, error) {
	config.InitLoggerFromConfig(&conf.Logging)
	node, err := routing.NewLocalNode(conf)
	if err != nil {
		return nil, fmt.Errorf("preparing LiveKit: %w", err)
	}
	if err := prometheus.Init(string(node.NodeID()), node.NodeType()); err != nil {
		return nil, fmt.Errorf("preparing LiveKit's measures: %w", err)
	}
	rooms, err := service.InitializeServer(conf, node)
	if err != nil {
		return nil, fmt.Errorf("starting LiveKit: %w", err)
	}
	return rooms, nil
}

// answers returns when LiveKit does.
func answers(ctx context.Context, address string) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
