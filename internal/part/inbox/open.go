package inbox

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// OpenAt gives what is unfinished at a unit: reports that wait, were returned or
// are being drafted, and directives that were not acknowledged. It tells no
// content, so that whoever reorganises units, who may not read reports, sees what
// is left behind. Who may ask is for the caller to decide.
//
// It stands here because only this part knows what is open in all others; the
// organisation, which comes before them, is given it by the program.
func OpenAt(ctx context.Context, q store.Querier, units *tree.Tree, unit tree.UnitID) ([]org.OpenItem, error) {
	is, exists := units.Unit(unit)
	if !exists {
		return nil, nil
	}
	directives, err := directive.List(ctx, q, access.Program(units), unit)
	if err != nil {
		return nil, err
	}
	standings, err := report.Standings(ctx, q, unit)
	if err != nil {
		return nil, err
	}
	drafts, err := report.Drafts(ctx, q, unit)
	if err != nil {
		return nil, err
	}
	var list []org.OpenItem
	for _, d := range directives {
		if d.State != directive.InForce || d.Unit == unit {
			continue
		}
		answers, err := directive.Acknowledgements(ctx, q, d.ID)
		if err != nil {
			return nil, err
		}
		path := fmt.Sprintf("/directives/%d", d.ID)
		if slices.Contains(d.Document.Acknowledge, is.Level) && answers[unit].Version < d.Version {
			list = append(list, org.OpenItem{Kind: org.OpenAcknowledge, About: d.Document.Number, Path: path})
		}
		for _, m := range d.Document.Milestones {
			slot := report.Slot{Directive: d.ID, Milestone: m.Key, Unit: unit}
			drafted := slices.ContainsFunc(drafts, func(draft report.Draft) bool { return draft.Slot == slot })
			for _, kind := range openAt(standings[slot], drafted) {
				list = append(list, openItem(kind, d, m, path))
			}
		}
	}
	return list, nil
}

func openAt(standing report.Standing, drafted bool) (kinds []org.OpenKind) {
	if standing.Waiting() {
		kinds = append(kinds, org.OpenWaiting)
	}
	if standing.Returned() {
		kinds = append(kinds, org.OpenReturned)
	}
	if drafted {
		kinds = append(kinds, org.OpenDraft)
	}
	return kinds
}

func openItem(kind org.OpenKind, d directive.Directive, m profile.Milestone, path string) org.OpenItem {
	return org.OpenItem{Kind: kind, About: d.Document.Number, Name: m.Name, Path: path}
}
