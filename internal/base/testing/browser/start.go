package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"

	"giaoban/internal/base/testing/daemon"
)

// The Chromiums of this process, each started when it is first asked for. They end
// with the process. The shell is the same engine without a window around it: it takes
// a quarter less of the machine, and has no devices. Where it is not installed the
// whole one does.
var (
	shell = sync.OnceValues(func() (context.Context, error) {
		return start("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
	})
	whole = sync.OnceValues(func() (context.Context, error) { return start("chromium", "chromium-browser", "google-chrome") })
)

// start starts the first of these programs that is installed.
func start(names ...string) (context.Context, error) {
	file, err := find(names)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "giaoban-chromium-")
	if err != nil {
		return nil, err
	}
	voice := filepath.Join(dir, "voice.wav")
	if err := writeVoice(voice); err != nil {
		return nil, err
	}
	chromium, err := daemon.Start(daemon.Program{
		Name: "env", // what it would leave in the home and temporary folders goes with its own
		Args: []string{
			"HOME=" + dir, "TMPDIR=" + dir, file,
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
			"--hide-scrollbars", "--use-fake-device-for-media-stream", "--ignore-certificate-errors",
			"--use-file-for-fake-audio-capture=" + voice, "--auto-select-tab-capture-source-by-title=" + Shared,
			"--no-first-run", "--no-default-browser-check", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio",
			"--password-store=basic", "--lang=vi", "--user-data-dir=" + dir, "--remote-debugging-port=0", "about:blank",
		},
		Dir: dir, Stop: "TERM",
	})
	if err != nil {
		return nil, err
	}
	var address string
	err = chromium.Await(time.Minute, func() (err error) {
		address, err = debugger(dir)
		return err
	})
	if err != nil {
		return nil, err
	}
	// Chromium lives until the process ends, so nothing cancels these two.
	allocator, _ := remote.NewAllocator(context.Background(), address, remote.NoModifyURL)
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx)
}

// debugger reads where Chromium listens: it writes the port and the path into
// a file of its folder once it does.
func debugger(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, "DevToolsActivePort"))
	if err != nil {
		return "", err
	}
	port, path, found := strings.Cut(strings.TrimSpace(string(text)), "\n")
	if !found {
		return "", errors.New("the file DevToolsActivePort is not complete")
	}
	return "ws://127.0.0.1:" + port + path, nil
}

func find(names []string) (string, error) {
	for _, name := range names {
		if file, err := exec.LookPath(name); err == nil {
			return file, nil
		}
	}
	return "", errors.New("no Chromium is installed: run `make test`, or on Debian `apt-get install chromium`")
}
