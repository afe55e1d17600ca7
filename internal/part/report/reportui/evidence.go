package reportui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// evidencePage is a version of a report with everything that proves it: values,
// signature, decision, versions, events and their place in the ledger.
type evidencePage struct {
	place
	Report    report.Report
	Values    []value
	Versions  []report.Report
	Committee string // the unit that reported for it; "" when it did itself
	Method    string // of the signature, as the event keeps it
	By        string // by whose right it was signed for the leader; "" for the leader
	Late      bool   // sent after the deadline
	Proofs    []proof
	MayDecide bool
	MayWrite  bool
	MayTell   bool
	// StandingPath is where the person decides on the unit's standing; "" where
	// that is not for the person.
	StandingPath string
	Told         toldView  // how it came, when it was entered on behalf of the unit
	Before       toldView  // what was told before the unit sent this version; zero when nothing was
	Return       *web.Form // the reason of a return, as it was typed
	Checked      time.Time // when this page proved the report
}

// ByPassword says that the signature was the weaker one.
func (p evidencePage) ByPassword() bool { return p.Method == account.ByPassword }

// Corrects is the version that was accepted before this one; 0 when this is the
// first to count.
func (p evidencePage) Corrects() int {
	for _, v := range p.Versions { // the newest first
		accepted := v.State == report.Done || v.State == report.Superseded && v.Decider != ""
		if v.Version < p.Report.Version && accepted {
			return v.Version
		}
	}
	return 0
}

// WasAccepted says that there is a receipt of this version.
func (p evidencePage) WasAccepted() bool {
	return slices.ContainsFunc(p.Proofs, func(one proof) bool { return one.Event.Kind == report.Accepted })
}

// VersionMark is the sign of one version.
func (p evidencePage) VersionMark(state report.State) string {
	switch state {
	case report.Done:
		return "done"
	case report.Waiting:
		return "waiting"
	case report.Provisional:
		return "told"
	}
	return "none"
}

// Broken says that something about the report cannot be proven.
func (p evidencePage) Broken() bool { return p.any(broken) }

// Pending says that a part of the proof waits for the next checkpoint.
func (p evidencePage) Pending() bool { return p.any(pending) }

func (p evidencePage) any(state string) bool {
	return slices.ContainsFunc(p.Proofs, func(one proof) bool { return one.State == state })
}

// value is an indicator with what was reported.
type value struct {
	Name, Shown, Unit string
	Long              bool // words of several lines
}

// showEvidence is the page of one version.
func (s *Screens) showEvidence(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return s.renderEvidence(r, id, r.NewForm("return"), http.StatusOK)
}

func (s *Screens) renderEvidence(r *web.Request, id int64, form *web.Form, status int) error {
	page := evidencePage{Return: form, Checked: r.Now()}
	var decides bool
	err := r.View(func(q store.Querier) error {
		if err := page.read(r, q, id); err != nil {
			return err
		}
		actor, err := report.ToDecide(r.Context(), q, r.Actor, page.Report, r.Now())
		decides = actor.May(access.ReportDecide, page.At.Parent) == nil
		return err
	})
	if err != nil {
		return err
	}
	page.MayWrite = s.writes(r, page.place)
	page.MayTell, page.StandingPath = mayTell(r, page.place), standingPath(r, page.place)
	page.MayDecide = page.Report.State == report.Waiting && !page.Closed && decides
	layout := r.Layout()
	layout.Title = page.Milestone.Name.In(r.Lang) + " · " + page.At.Name
	switch {
	case page.MayWrite: // one's own report: the way back is to the work
		layout.Rail = "/work"
		layout.Crumb(r.T("reportui.work"), "/work")
	case r.Actor.May(access.BoardTotals, page.Parent.ID) == nil:
		layout.Rail = "/board"
		layout.Crumb(page.Parent.Name, page.Board())
	}
	layout.Crumb(page.At.Name, "")
	layout.Script("report/queue.ts")
	return r.RenderStatus(status, s.evidence, page)
}

func (p *evidencePage) read(r *web.Request, q store.Querier, id int64) (err error) {
	if p.Report, err = report.Get(r.Context(), q, id); err != nil {
		return err
	}
	if p.place, err = placeOf(r, q, p.Report.Slot); err != nil {
		return err
	}
	if p.Versions, err = report.Versions(r.Context(), q, p.Report.Slot); err != nil {
		return err
	}
	if p.Told, err = tellingOf(r, q, p.Report); err != nil {
		return err
	}
	if p.Before, err = tellingOf(r, q, toldBefore(p.Versions, p.Report)); err != nil {
		return err
	}
	if p.Report.Committee != 0 {
		committee, _ := r.Actor.Tree.Unit(p.Report.Committee)
		p.Committee = committee.Name
	}
	p.Late = p.Report.SentLate(p.Deadline, r.Zone())
	p.Values = valuesOf(r, p.Milestone, p.Report)
	if p.Proofs, err = proofsOf(r, q, p.Report); err != nil {
		return err
	}
	if len(p.Proofs) > 0 {
		p.Method, p.By = p.Proofs[0].method, p.Proofs[0].By
	}
	return nil
}

// proof is one event about the report with what proves it.
type proof struct {
	Event  ledger.Event
	Title  string // text key
	Who    string // name and post
	By     string // by whose right somebody else than the leader acted; "" for the leader
	Reason string
	State  string // proven, pending, broken
	Record string
	Leaf   string
	Path   []string
	Size   int64 // of the tree under the checkpoint
	Signed string
	method string
	Penned *web.Penned // by whom it was entered from paper; nil mostly
	// delegation is what was handed over to who did it; 0 for nothing.
	delegation int64
}

// The states of a proof.
const (
	proven  = "proven"
	pending = "pending" // the tree has not grown over the event yet
	broken  = "broken"
)

// Sign is the sign of what happened, in the timeline.
func (p proof) Sign() string {
	switch p.Event.Kind {
	case report.Accepted:
		return "done"
	case report.Submitted:
		return "waiting"
	case report.Told:
		return "told"
	case report.TellingWithdrawn:
		return "none"
	}
	return "late"
}

// proofsOf proves the events about a report, now.
func proofsOf(r *web.Request, q store.Querier, of report.Report) ([]proof, error) {
	events, err := ledger.About(r.Context(), q, of.Subject())
	if err != nil {
		return nil, err
	}
	list := make([]proof, len(events))
	for i, event := range events {
		list[i] = proof{Event: event, Title: "reportui.event." + strings.TrimPrefix(string(event.Kind), "report."), State: pending}
		if err := list[i].explain(r, of); err != nil {
			return nil, err
		}
		if list[i].By, err = list[i].handedOver(r, q); err != nil {
			return nil, err
		}
		if err := list[i].prove(r, q); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// explain reads who did what, and holds the report's row against the event.
func (p *proof) explain(r *web.Request, of report.Report) error {
	switch p.Event.Kind {
	case report.Submitted:
		var sent report.VersionSubmitted
		if err := p.Event.Decode(&sent); err != nil {
			return err
		}
		p.Who, p.method, p.delegation = sent.Signer, sent.Method, sent.Delegation
		if sent.Hash != of.Hash || sent.Content != of.Content {
			p.State = broken
		}
	case report.Told:
		var told report.VersionTold
		if err := p.Event.Decode(&told); err != nil {
			return err
		}
		p.Who = told.Name
		if told.Hash != of.Hash || told.Content != of.Content {
			p.State = broken
		}
	case report.Accepted, report.Returned:
		var decided report.Decided
		if err := p.Event.Decode(&decided); err != nil {
			return err
		}
		p.Who, p.Reason, p.delegation = decided.Decider, decided.Reason, decided.Delegation
		p.Penned = r.Penned(decided.Paper, decided.By)
		if decided.Hash != of.Hash {
			p.State = broken
		}
	}
	return nil
}

// handedOver says in words by whose right somebody acted for the leader: what was
// handed over, or a deputy's own turn.
func (p *proof) handedOver(r *web.Request, q store.Querier) (string, error) {
	if p.delegation == 0 {
		if strings.HasPrefix(p.Who, account.InPlaceOf+" ") {
			return r.T("reportui.by-turn"), nil
		}
		return "", nil
	}
	d, err := account.FindDelegation(r.Context(), q, p.delegation)
	if err != nil {
		return "", err
	}
	words := r.T("reportui.by-delegation", "name", d.LeaderName, "from", d.From, "to", d.To)
	if d.Decision != "" {
		words += " " + r.T("reportui.by-delegation.decision", "number", d.Decision)
	}
	return words, nil
}

func (p *proof) prove(r *web.Request, q store.Querier) error {
	found, ok, err := ledger.Prove(r.Context(), q, p.Event.Position)
	if r.Context().Err() != nil {
		return err
	}
	if err != nil {
		p.State = broken // the page says so; "giaoban verify" tells what
		return nil
	}
	if !ok {
		return nil
	}
	if p.State != broken {
		p.State = proven
	}
	p.Record, p.Leaf, p.Signed = found.Record, found.Leaf.String(), found.Checkpoint
	for _, hash := range found.Path {
		p.Path = append(p.Path, hash.String())
	}
	return p.sizeOf(found.Checkpoint)
}

// sizeOf reads how many events the checkpoint covers: its second line.
func (p *proof) sizeOf(checkpoint string) error {
	lines := strings.SplitN(checkpoint, "\n", 3)
	if len(lines) < 3 {
		return nil
	}
	var err error
	p.Size, err = strconv.ParseInt(lines[1], 10, 64)
	return err
}
