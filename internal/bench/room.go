package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"giaoban/internal/base/tree"
)

// Room is the name of the command that [Watch] is run as.
const Room = "bench-room"

// seat is a screen that is to be opened, and who sits before it.
type seat struct {
	Unit   tree.UnitID
	Board  string // the path of its board
	Cookie string
}

// seats are the screens of a room, all at one host and port.
type seats struct {
	Host  string
	Seats []seat
}

// saw is what the screens of a room saw.
type saw struct {
	P50, P99, Most float64 // from accepted to received, in milliseconds
	Pushes         int     // at most on a board
	Missed         int     // accepted reports that never came to a screen that shows them
	Gaps           int     // messages that do not follow on the one before
	Behind         int     // screens that have not what was accepted last
	Different      int     // screens and boards that differ from a fresh read
}

// room is a process with live screens in it.
type room struct{ *child }

// openRoom opens the screens and returns when all are.
func openRoom(ctx context.Context, program string, s seats) (*room, error) {
	c, err := begin(ctx, program, Room)
	if err != nil {
		return nil, err
	}
	r := &room{c}
	var opened int
	if err := r.ask(s, &opened); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the screens: %w", err), r.close())
	}
	return r, nil
}

// compare waits until the screens have all that was accepted, by board and in
// order, and gives what they saw.
func (r *room) compare(accepted map[tree.UnitID][]moment) (s saw, err error) {
	if err := r.ask(accepted, &s); err != nil {
		return saw{}, fmt.Errorf("asking what the screens saw: %w", err)
	}
	return s, nil
}

// Watch is the other end of a room: it reads which screens to open, then what was
// accepted before them, and writes what they saw. It ends when in does.
func Watch(ctx context.Context, in io.Reader, out io.Writer) error {
	asked, answer := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	var s seats
	if err := asked.Decode(&s); err != nil {
		return fmt.Errorf("reading which screens to open: %w", err)
	}
	w := &wall{host: s.Host}
	defer w.close()
	if err := w.open(ctx, s.Seats); err != nil {
		return err
	}
	if err := answer.Encode(len(w.screens)); err != nil {
		return err
	}
	var accepted map[tree.UnitID][]moment
	err := asked.Decode(&accepted)
	if errors.Is(err, io.EOF) {
		return nil // nothing could be accepted
	}
	if err != nil {
		return fmt.Errorf("reading what was accepted: %w", err)
	}
	result, err := w.settle(ctx, accepted)
	if err != nil {
		return err
	}
	return answer.Encode(result)
}
