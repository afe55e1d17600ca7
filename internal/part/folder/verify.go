package folder

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Altered is a slip that is not as the log has it.
type Altered struct {
	Code     account.Code
	Position int64  // of the event
	What     string // text key
}

// Verification holds slips against the log: what was printed, what came back, and the
// decision that was made with it, with the slip's picture. It sees every event in order
// by [Verification.Each]; [Verification.Compare] ends it. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events, once it is ended

	slips map[account.Code]*logged
}

// logged is a slip as the log has it.
type logged struct {
	printed  PrintedSlip
	folder   int64
	decided  pen
	along    []pen   // of what was answered with it, each under its own name
	entered  Entered // the zero one while it is out
	judged   Judged
	position int64 // of the last event about it
}

// pen is the decision that an item's event says was made on a slip.
type pen struct {
	subject, file string
	by            int64
}

// onPaper is in the payload of a decision that was made with a pen.
var onPaper = []byte(`"onPaper":`)

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	switch e.Kind {
	case WasPrinted:
		return v.printed(e)
	case WasEntered:
		return v.entered(e)
	case WasJudged:
		var j Judged
		if err := e.Decode(&j); err != nil {
			return err
		}
		v.slip(j.Code, e.Position).judged = j
		return nil
	}
	if !bytes.Contains(e.Payload, onPaper) {
		return nil
	}
	return v.decided(e)
}

func (v *Verification) printed(e ledger.Event) error {
	var p Printed
	if err := e.Decode(&p); err != nil {
		return err
	}
	if v.slips == nil {
		v.slips = map[account.Code]*logged{}
	}
	for _, s := range p.Slips {
		v.slips[s.Code] = &logged{printed: s, folder: p.Folder, position: e.Position}
	}
	return nil
}

// decided takes up what a decision says of the slip on which it was made. The entry is
// the next that is said of it.
func (v *Verification) decided(e ledger.Event) error {
	var d struct {
		OnPaper *access.OnPaper `json:"onPaper"`
	}
	if err := e.Decode(&d); err != nil || d.OnPaper == nil { // the words may stand in what somebody wrote
		return err
	}
	s, made := v.slip(account.Code(d.OnPaper.Slip), e.Position), pen{e.Subject, d.OnPaper.File, d.OnPaper.By}
	if e.Subject == s.printed.Subject {
		s.decided = made
	} else {
		s.along = append(s.along, made)
	}
	return nil
}

func (v *Verification) entered(e ledger.Event) error {
	var in Entered
	if err := e.Decode(&in); err != nil {
		return err
	}
	s := v.slip(in.Code, e.Position)
	want := pen{in.Subject, in.File, in.By}
	if in.Choice == Hold {
		want = pen{}
	}
	other := func(one pen) bool { return one.file != in.File || one.by != in.By }
	if s.entered.Code != "" || s.decided != want || slices.ContainsFunc(s.along, other) {
		v.find(in.Code, e.Position, "verify.slip-decision")
	}
	s.entered = in
	return nil
}

// slip is the slip with a code, as the log had it until then. One that was never printed
// is found to be wrong.
func (v *Verification) slip(code account.Code, position int64) *logged {
	s := v.slips[code]
	if s == nil {
		v.find(code, position, "verify.slip-unknown")
		return &logged{}
	}
	s.position = position
	return s
}

func (v *Verification) find(code account.Code, position int64, what string) {
	v.Wrong = append(v.Wrong, Altered{code, position, what})
}

// Compare holds the rows of slips, and the pictures that they name, against the log.
// Kept says what is wrong with a kept file by its id, as a text key; "" for nothing. It
// may be called once.
func (v *Verification) Compare(ctx context.Context, q store.Querier, kept func(file string) (string, error)) error {
	rows, err := readSlips(ctx, q, `ORDER BY s.id`)
	if err != nil {
		return err
	}
	for _, row := range rows {
		s := v.slips[row.Code]
		if s == nil {
			v.find(row.Code, 0, "verify.slip-unknown")
			continue
		}
		what := s.differs(row)
		if what == "" && row.Back() {
			if what, err = kept(row.File); err != nil {
				return err
			}
		}
		if what != "" {
			v.find(row.Code, s.position, what)
		}
		delete(v.slips, row.Code)
	}
	for code, s := range v.slips {
		v.find(code, s.position, "verify.slip-missing")
	}
	slices.SortFunc(v.Wrong, func(a, b Altered) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Code, b.Code))
	})
	return nil
}

// differs says what is wrong with a row, as a text key; "" for nothing.
func (l *logged) differs(s Slip) string {
	switch p, e, j := l.printed, l.entered, l.judged; {
	case s.Folder != l.folder, s.Kind != p.Kind, s.Subject != p.Subject, s.Position != p.Position, hashOf(s.stored) != p.Content:
		return "verify.slip-printed"
	case s.Back() != (e.Code != ""), s.Choice != e.Choice, s.Note != e.Note, s.File != e.File, s.By != e.By, s.Enterer != e.Enterer:
		return "verify.slip-entered"
	case e.Code == "" && l.decided != (pen{}):
		return "verify.slip-decision"
	case s.Verdict != j.Verdict, s.Remark != j.Remark:
		return "verify.slip-judged"
	}
	return ""
}
