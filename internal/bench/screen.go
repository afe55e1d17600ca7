package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strconv"
	"sync/atomic"
	"time"
)

// screen is one live board in a room. All screens of a board are sent the same
// bytes, so the first of them reads what they say, and of the others it is
// compared that they were sent the same.
type screen struct {
	client *client
	seat   seat
	first  bool

	seen  []seen
	last  atomic.Int64 // position of the newest message
	gaps  int          // messages that do not follow on the one before
	sum   maphash.Hash
	cells map[[2]int64][]int64 // of the first screen: what it shows, by unit and column
	wrong error
}

// seen is a message: up to which position it tells, and when it came.
type seen struct {
	to, at int64 // a position; nanoseconds of Unix time
}

var (
	hashSeed = maphash.MakeSeed()
	pub      = []byte(`"pub":{"data":`)
	toKey    = []byte(`"to":`)
	fromKey  = []byte(`"from":`)
)

// watch takes messages until the stream ends.
func (s *screen) watch() {
	s.sum.SetSeed(hashSeed)
	for {
		line, err := s.line()
		if err != nil {
			return // closed at the end, or cut: the comparison tells
		}
		at := bytes.Index(line, pub)
		if at < 0 {
			continue // a ping
		}
		data := line[at+len(pub):]
		from, to := positionAfter(data, fromKey), positionAfter(data, toKey)
		if last := s.last.Load(); last > 0 && from > last {
			s.gaps++
		}
		s.seen = append(s.seen, seen{to, time.Now().UnixNano()})
		_, _ = s.sum.Write(data) // never fails
		if s.first {
			s.show(data)
		}
		s.last.Store(to) // at the end: whoever waits for it compares what is shown
	}
}

// line is the next line of the stream, whatever its length.
func (s *screen) line() ([]byte, error) {
	line, err := s.client.events.ReadSlice('\n')
	if err == nil || len(line) == 0 {
		return line, err
	}
	whole := bytes.Clone(line)
	for err != nil {
		if line, err = s.client.events.ReadSlice('\n'); len(line) == 0 && errors.Is(err, io.EOF) {
			return nil, err
		}
		whole = append(whole, line...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
	}
	return whole, nil
}

// positionAfter reads the number that follows a key.
func positionAfter(data, key []byte) int64 {
	at := bytes.Index(data, key)
	if at < 0 {
		return 0
	}
	digits := data[at+len(key):]
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(string(digits[:end]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// show changes what the screen shows.
func (s *screen) show(data []byte) {
	var message struct {
		Cells  [][]int64 `json:"cells"`
		Reload bool      `json:"reload"`
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&message); err != nil {
		s.wrong = fmt.Errorf("a message that cannot be read: %w", err)
		return
	}
	if message.Reload {
		s.wrong = fmt.Errorf("a message asks to load the page anew")
	}
	for _, cell := range message.Cells {
		s.cells[[2]int64{cell[0], cell[1]}] = cell[2:]
	}
}
