package briefingui

import (
	"context"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/task"
)

// lastRow is a conclusion of the last briefing, with what came of it since.
type lastRow struct {
	conclusion.Conclusion
	Progress   task.Progress // of all whom it is for; of a site's page, of that site's alone
	Sign, Word string
}

// lastTime is what was concluded at the last briefing, with which this one begins.
type lastTime struct {
	Briefing briefing.Briefing
	Rows     []lastRow
	Done     int // conclusions of which nothing is left
}

// last reads what was concluded at the last briefing that the same host held, and what
// came of it: of everybody's for who works in the host's office or leads the meeting, of
// the own for a site. Its rows are none where nothing was.
func (s *Screens) last(r *web.Request, q store.Querier, b seated) (l lastTime, err error) {
	list, err := s.concludedBefore(r.Context(), q, b.Briefing, &l.Briefing)
	if err != nil {
		return l, err
	}
	today := clock.DateOf(r.Now(), r.Zone())
	for _, c := range list {
		row := lastRow{Conclusion: c, Progress: s.Tasks.Leaves(c.Task, today)}
		if !b.Seat.Prepares && !b.Seat.Presides() {
			own := b.ownShare(s.Tasks, c.Task, today)
			if own.Units == 0 {
				continue // it is not for this site
			}
			row.Progress = own
		}
		row.Sign, row.Word = progressWords(r, row.Progress)
		if row.Progress.Verified == row.Progress.Units {
			l.Done++
		}
		l.Rows = append(l.Rows, row)
	}
	return l, nil
}

// concludedBefore are the conclusions of the last briefing that its chair approved and
// no later notice replaced.
func (s *Screens) concludedBefore(ctx context.Context, q store.Querier, b briefing.Briefing, last *briefing.Briefing) (list []conclusion.Conclusion, err error) {
	held := false
	if *last, held, err = briefing.Before(ctx, q, b); err != nil || !held {
		return nil, err
	}
	all, err := conclusion.Of(ctx, q, last.ID)
	for _, c := range all {
		if !c.Ends && (c.State == conclusion.Approved || c.State == conclusion.Issued) {
			list = append(list, c)
		}
	}
	return list, err
}

// ownShare is how far the sites for which the person acts are with a task.
func (b seated) ownShare(tasks *task.Index, id int64, today clock.Date) (p task.Progress) {
	for _, unit := range b.Seat.Sites {
		standing, ok := tasks.At(id, unit, today)
		if !ok {
			continue
		}
		one := task.Progress{Units: 1}
		if standing.Split {
			one = standing.Below
		} else {
			one.Seen, one.Done, one.Verified, one.Late = bit(standing.Stage != task.Fresh), bit(!standing.Stage.Owed()), bit(standing.Stage == task.Verified), bit(standing.Late(today))
		}
		p.Units, p.Seen, p.Done, p.Verified, p.Late = p.Units+one.Units, p.Seen+one.Seen, p.Done+one.Done, p.Verified+one.Verified, p.Late+one.Late
	}
	return p
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// progressWords says how far units are.
func progressWords(r *web.Request, p task.Progress) (sign, word string) {
	switch {
	case p.Units > 0 && p.Verified == p.Units:
		return "done", r.T("briefings.last.all", "n", p.Units)
	case p.Late > 0:
		return "late", r.T("briefings.last.late", "done", p.Verified, "n", p.Units, "late", p.Late)
	case p.Done > p.Verified:
		return "waiting", r.T("briefings.last.waiting", "done", p.Verified, "n", p.Units, "waiting", p.Done-p.Verified)
	}
	return "none", r.T("briefings.last.part", "done", p.Verified, "n", p.Units)
}

// owed are the conclusions of the last briefing that each site still owes.
func (s *Screens) owed(ctx context.Context, q store.Querier, b seated, today clock.Date) (list []briefing.Owed, err error) {
	var last briefing.Briefing
	all, err := s.concludedBefore(ctx, q, b.Briefing, &last)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		for _, site := range b.Sites {
			standing, ok := s.Tasks.At(c.Task, site.Unit, today)
			if ok && standing.Stage != task.Verified && standing.Stage != task.Done {
				list = append(list, briefing.Owed{Unit: site.Unit, Title: c.Title, Late: standing.Late(today)})
			}
		}
	}
	return list, nil
}

// onWall are the last briefing's conclusions for a wall, with how far they are.
func (s *Screens) onWall(ctx context.Context, q store.Querier, b briefing.Briefing) (list []partConcluded, last briefing.Briefing, err error) {
	all, err := s.concludedBefore(ctx, q, b, &last)
	today := clock.DateOf(s.Now(), s.Boards.Zone())
	for _, c := range all[:min(len(all), mostConclusions)] {
		p := s.Tasks.Leaves(c.Task, today)
		list = append(list, partConcluded{Title: c.Title, Done: p.Verified, Of: p.Units})
	}
	return list, last, err
}
