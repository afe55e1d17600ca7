package app_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// phones is how many connections read at once.
const phones = 64

// BenchmarkArticle has many phones ask the served program for one article, packed as a
// browser takes it: from what is kept, and each time made anew.
func BenchmarkArticle(b *testing.B) {
	m := measure(b)
	host := strings.TrimPrefix(m.url, "http://")
	path := article
	b.Run("shared", func(b *testing.B) { crowd(b, host, func(int64) string { return path }) })
	b.Run("anew", func(b *testing.B) { crowd(b, host, func(n int64) string { return fmt.Sprintf("%s?n=%d", path, n) }) })
}

// crowd asks for addresses by all connections at once, and reports how many were
// answered in a second and how long the slowest hundredth took.
func crowd(b *testing.B, host string, path func(n int64) string) {
	var asked atomic.Int64
	took := make([][]time.Duration, phones)
	var group sync.WaitGroup
	b.ResetTimer()
	for i := range phones {
		group.Go(func() {
			conn, err := net.Dial("tcp", host)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			from := bufio.NewReaderSize(conn, 64<<10)
			for {
				n := asked.Add(1)
				if n > int64(b.N) {
					return
				}
				began := time.Now()
				if err := readPage(conn, from, host, path(n)); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(began))
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	all := slices.Concat(took...)
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}

// readPage asks for a page over a connection and reads its answer, at as little cost as
// can be: the program that is measured has the same two cores.
func readPage(conn io.Writer, from *bufio.Reader, host, path string) error {
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip, br\r\n\r\n", path, host); err != nil {
		return err
	}
	line, err := from.ReadSlice('\n')
	if err != nil || !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("%s answers %q (%w)", path, line, err)
	}
	length, chunked := 0, false
	for {
		line, err := from.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) == 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
		chunked = chunked || bytes.HasPrefix(line, []byte("Transfer-Encoding: chunked"))
	}
	if chunked {
		return skipChunks(from)
	}
	if length == 0 {
		return fmt.Errorf("%s answers nothing", path)
	}
	_, err = from.Discard(length)
	return err
}

// skipChunks reads an answer whose length was not known when it began.
func skipChunks(from *bufio.Reader) error {
	for {
		line, err := from.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if _, err := from.Discard(int(n) + 2); err != nil || n == 0 {
			return err
		}
	}
}
