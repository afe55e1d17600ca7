package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
	"giaoban/internal/part/briefing"
)

// meeting is a briefing that the program holds for measuring.
type meeting struct {
	serving *serving
	id      int64
	chair   access.Actor
	leads   visitor       // the chair at a browser
	sites   []tree.UnitID // beside the host; the first has the floor
	people  []visitor     // one at the device of each
}

// meet has the root's office call so many units, all come, and give the first of them
// the floor.
func (s *serving) meet(ctx context.Context, number int) (*meeting, error) {
	m := &meeting{serving: s}
	for _, u := range s.Tree.Subtree(s.root) {
		if u.ID != s.root && len(m.sites) < number {
			m.sites = append(m.sites, u.ID)
		}
	}
	if len(m.sites) < number {
		return nil, fmt.Errorf("there are no more than %d units", len(m.sites))
	}
	leaders, err := s.people(ctx, []tree.UnitID{s.root}, access.Leader)
	if err != nil {
		return nil, err
	}
	m.leads = leaders[0]
	if m.people, err = s.people(ctx, m.sites, access.Officer); err != nil {
		return nil, err
	}
	_, err = s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		m.chair, err = account.Actor(ctx, tx, s.Tree, m.leads.person, clock.DateOf(tx.Now(), time.UTC))
		if err != nil {
			return err
		}
		return m.begin(ctx, tx, m.leads.person)
	})
	return m, err
}

func (m *meeting) begin(ctx context.Context, tx *ledger.Tx, chair int64) error {
	b, err := briefing.Call(ctx, tx, m.chair, briefing.CallCommand{
		Unit: m.serving.root, Key: fmt.Sprint("bench:", time.Now().UnixNano()), Title: "Đo tốc độ", Begins: tx.Now(), Minutes: briefing.MostMinutes,
		Chair: briefing.Person{ID: chair, Name: "Chủ trì"}, Sites: m.sites, Media: true,
	})
	if err != nil {
		return err
	}
	m.id = b.ID
	for _, unit := range m.sites {
		if _, err := briefing.Arrive(ctx, tx, access.Program(m.serving.Tree), b.ID, unit); err != nil {
			return err
		}
	}
	if _, err := briefing.Begin(ctx, tx, m.chair, b.ID); err != nil {
		return err
	}
	_, err = briefing.Give(ctx, tx, m.chair, briefing.GiveCommand{Briefing: b.ID, Unit: m.sites[0]})
	return err
}

// end ends the briefing; ending it again changes nothing.
func (m *meeting) end() error {
	ctx := context.Background()
	_, err := m.serving.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		_, err := briefing.End(ctx, tx, m.chair, m.id)
		return err
	})
	return err
}

// path is an address under the briefing's, and address the whole of it.
func (m *meeting) path(rest string) string    { return fmt.Sprintf("/briefings/%d%s", m.id, rest) }
func (m *meeting) address(rest string) string { return "http://" + m.serving.host + m.path(rest) }

// word is what the program says to the room about its pictures, heard where every page hears it: on the
// stream of a site.
type word struct {
	client *client
	said   atomic.Int64
	ended  sync.WaitGroup
}

var crowded = regexp.MustCompile(`data-crowd="(\d)"`)

// listen hears the word of the room from now on, and has each change obeyed.
func (m *meeting) listen(ctx context.Context, obey func(media.Step)) (*word, error) {
	c, err := dial(ctx, m.serving.host, m.people[0].cookie)
	if err != nil {
		return nil, err
	}
	w := &word{client: c}
	if err := c.stream(m.path("/live")); err != nil {
		return nil, errors.Join(err, c.conn.Close())
	}
	stage, err := m.stage(ctx)
	if err != nil {
		return nil, errors.Join(err, c.conn.Close())
	}
	w.hear(stage)
	w.ended.Go(func() {
		for {
			line, err := c.events.ReadString('\n')
			if err != nil {
				return // closed at the end
			}
			if before := w.step(); w.hear(stageIn(line)) && w.step() != before {
				obey(w.step())
			}
		}
	})
	return w, nil
}

// stage is the stage as a page asks for it that has just opened its stream.
func (m *meeting) stage(ctx context.Context) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.address("/stage"), http.NoBody)
	if err != nil {
		return "", err
	}
	request.Header.Set("Cookie", m.people[0].cookie)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	html, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the stage answers %s", response.Status)
	}
	return string(html), err
}

// stageIn is the stage that a line of the stream carries; "" for none.
func stageIn(line string) string {
	data, ok := strings.CutPrefix(line, "data: ")
	if !ok {
		return ""
	}
	var frame struct {
		Push struct {
			Pub struct {
				Data struct {
					Stage string `json:"stage"`
				} `json:"data"`
			} `json:"pub"`
		} `json:"push"`
	}
	_ = json.NewDecoder(strings.NewReader(data)).Decode(&frame) // what is no push is a ping
	return frame.Push.Pub.Data.Stage
}

// hear takes the word out of a stage; false where there is none.
func (w *word) hear(stage string) bool {
	found := crowded.FindStringSubmatch(stage)
	if found == nil {
		return false
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	w.said.Store(n)
	return err == nil
}

// step is the newest word.
func (w *word) step() media.Step { return media.Step(w.said.Load()) }

func (w *word) close() {
	w.client.conn.Close()
	w.ended.Wait()
}
