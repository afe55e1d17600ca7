package bench

import (
	"io"
	"math"
	"net"
	"path/filepath"
	"testing"
	"time"
)

func TestAPercentileIsWhatSoManyDoNotExceed(t *testing.T) {
	var one times
	var many buckets
	for i := range 200 {
		took := time.Duration(i+1) * time.Millisecond
		one.add(took)
		many.add(took - time.Microsecond)
	}
	for n, want := range map[float64]float64{50: 100, 99: 198, 100: 200} {
		if got := one.percentile(n); got != want {
			t.Errorf("%g%% of the durations: %g ms, want %g", n, got, want)
		}
		if got := many.percentile(n); got != want {
			t.Errorf("%g%% of the buckets: %g ms, want %g", n, got, want)
		}
	}
	if got := new(times).percentile(99); !math.IsNaN(got) {
		t.Errorf("of no durations: %g, want none", got)
	}
}

func TestASlowWayBringsEverythingInOrder(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	server, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		conn, err := server.Accept()
		if err != nil {
			return
		}
		_, _ = io.Copy(conn, conn)
	}()
	way, err := listenSlow(socket, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer way.Close()
	conn, err := net.Dial("tcp", way.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const said = "what is asked comes back as it was"
	go func() {
		for i := range len(said) {
			_, _ = conn.Write([]byte{said[i]})
		}
	}()
	got := make([]byte, len(said))
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != said {
		t.Errorf("came back as %q (%v), want %q", got, err, said)
	}
}
