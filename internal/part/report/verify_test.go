package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/report"
)

func TestARowEditedBehindTheProgramsBackIsNamed(t *testing.T) {
	cases := []struct{ what, edit, want string }{
		{"nothing", `UPDATE report SET state = state WHERE id = $1`, ""},
		{"a figure", `UPDATE report SET content = '{"held-on":"2020-06-20"}' WHERE id = $1`, "verify.report-content"},
		{"a figure and its hash", `UPDATE report SET content = '{}', hash = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE id = $1`, "verify.report-content"},
		{"the state", `UPDATE report SET state = 'superseded' WHERE id = $1`, "verify.report-state"},
		{"the version", `UPDATE report SET version = 9 WHERE id = $1`, "verify.report-place"},
		{"the milestone", `UPDATE report SET milestone = 'plan-sent' WHERE id = $1`, "verify.report-place"},
		{"the signer", `UPDATE report SET signer = 'somebody' WHERE id = $1`, "verify.report-signature"},
		{"when it was sent", `UPDATE report SET submitted_at = submitted_at - 1 WHERE id = $1`, "verify.report-signature"},
		{"who decided", `UPDATE report SET decider = 'somebody' WHERE id = $1`, "verify.report-decision"},
		{"when it was decided", `UPDATE report SET decided_at = decided_at + 1 WHERE id = $1`, "verify.report-decision"},
		{"the whole row", `DELETE FROM report WHERE id = $1`, "verify.report-missing"},
	}
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", held, 0, day("24/6/2020"))
		_, err := w.Accept("leader QV", r.ID)
		w.OK(err)
		w.Submitted("DT", held, 0, day("25/6/2020"))
		events, err := ledger.About(w.Ctx(), w.Ledger.DB().Reader(), r.Subject())
		w.OK(err)
		for _, c := range cases {
			undo := w.tampered(c.edit, r.ID)
			var want []report.Altered
			if c.want != "" {
				want = []report.Altered{{Report: r.ID, Position: events[len(events)-1].Position, What: c.want}}
			}
			if diff := cmp.Diff(want, w.altered()); diff != "" {
				t.Errorf("%s was altered (-want +got):\n%s", c.what, diff)
			}
			undo()
		}
	})
}

func TestARowThatNoEventNamesIsFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Submitted("PL", held, 0, day("24/6/2020"))
		undo := w.tampered(`INSERT INTO report (directive_id, milestone, unit_id, version, key, state, content, hash,
			submitted_at, submitted_by, signer, committee, decided_at, decided_by, decider, reason)
			SELECT directive_id, milestone, unit_id, 2, 'forged', 'accepted', content, hash,
			submitted_at, submitted_by, signer, 0, 0, 0, '', '' FROM report`)
		defer undo()
		altered := w.altered()
		if len(altered) != 1 || altered[0].What != "verify.report-unknown" {
			t.Errorf("got %+v, want one report that no event names", altered)
		}
	})
}

func TestAPayloadEditedInTheLogIsFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", held, 0, day("24/6/2020"))
		undo := w.tampered(`UPDATE event_payload SET payload = REPLACE(payload, '2020-06-24', '2020-06-20')
			WHERE position = (SELECT MAX(position) FROM event)`)
		defer undo()
		altered := w.altered()
		if len(altered) == 0 || altered[0].Report != r.ID || altered[0].What != "verify.report-hash" {
			t.Errorf("got %+v, want report %d with a content that is not the signed one", altered, r.ID)
		}
	})
}
