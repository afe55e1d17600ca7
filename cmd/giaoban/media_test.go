package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/edge/media"
)

// carried is what the media process of the installation says of itself; nil while
// none answers.
func (in installation) carried() *carried {
	line, err := net.Dial("unix", filepath.Join(in.dir, "media.sock"))
	if err != nil {
		return nil
	}
	defer line.Close()
	var said carried
	if err := json.NewDecoder(line).Decode(&said); err != nil {
		return nil
	}
	return &said
}

type carried struct {
	media.LiveKit
	PID int `json:"pid"`
}

// await returns once the media process is as wanted.
func (in installation) await(what string, wanted func(*carried) bool) *carried {
	in.t.Helper()
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		if now := in.carried(); wanted(now) {
			return now
		}
	}
	in.t.Fatalf("waited a minute in vain: %s", what)
	return nil
}

func TestPictureAndSoundSurviveTheProgramAndAKillOfTheirOwn(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		in, _ := newInstallation(t, database)
		t.Cleanup(func() { in.end() })
		free := []string{"--media", "--media-udp", "0", "--media-tcp", "0"}

		first := in.serve(free...)
		before := in.await("a media process is there", func(c *carried) bool { return c != nil })
		first.kill()

		next := in.serve(free...)
		in.await("the next program says that picture and sound are up", func(*carried) bool { return next.measures("giaoban_media_up 1") })
		if now := in.carried(); now == nil || now.PID != before.PID {
			t.Errorf("after a kill of the program the media process is %+v, want %d as before", now, before.PID)
		}

		if err := syscall.Kill(before.PID, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		after := in.await("another media process is there", func(c *carried) bool { return c != nil && c.PID != before.PID })
		if after.Keys != before.Keys {
			t.Errorf("the next media process has other keys: passes from before do not open it")
		}
		in.await("the program finds it", func(*carried) bool { return next.measures("giaoban_media_up 1") })
	})
}

// measures says whether the program's measures have a line.
func (s *server) measures(line string) bool {
	answer, err := http.Get(s.url + "/metrics")
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	return err == nil && strings.Contains(string(said), "\n"+line+"\n")
}

// end ends the media process of the installation.
func (in installation) end() {
	in.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := media.Stop(ctx, in.dir); err != nil {
		in.t.Errorf("ending the media process: %v", err)
	}
}
