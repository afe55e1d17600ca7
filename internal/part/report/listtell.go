package report

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
)

// TellList enters everything that a plan holds, each by [Tell]: all or nothing.
// progress, which may be nil, hears how many are entered. Somebody who reported
// meanwhile is a Conflict, with the unit's name.
func TellList(ctx context.Context, tx *ledger.Tx, actor access.Actor, plan ListPlan, progress func(done, total int)) ([]Report, error) {
	if plan.Conflicts() {
		return nil, fault.New(fault.Conflict, "report.list.errors")
	}
	told := make([]Report, 0, len(plan.Told))
	for i, one := range plan.Told {
		r, err := Tell(ctx, tx, actor, one.TellCommand)
		if faults := fault.All(err); len(faults) > 0 {
			return nil, fault.New(fault.Conflict, "report.list.changed", "unit", one.Name).Because(err)
		}
		if err != nil {
			return nil, fmt.Errorf("telling for unit %d: %w", one.Unit, err)
		}
		told = append(told, r)
		if progress != nil && (i%50 == 49 || i == len(plan.Told)-1) {
			progress(i+1, len(plan.Told))
		}
	}
	return told, nil
}

// ListResult is a plan as scripts read it.
type ListResult struct {
	Told      []ToldUnit  `json:"told"`
	Unchanged []ToldUnit  `json:"unchanged"`
	Skipped   int         `json:"skipped"` // rows that tell of nothing done
	Refused   []ListError `json:"refused"` // rows of units that reported themselves: left out
	Errors    []ListError `json:"errors"`
}

// ToldUnit is what is entered for a unit.
type ToldUnit struct {
	Code   string            `json:"code"`
	Name   string            `json:"name"`
	Values map[string]string `json:"values"` // canonical, by indicator
	Source Source            `json:"source"`
	Said   string            `json:"said"`
}

// ListError is something at a cell, in words.
type ListError struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Message string `json:"message"`
}

// Result writes the plan in a language. Its lists are never nil: a script finds
// [] where there is nothing.
func (p ListPlan) Result(texts *text.Catalog, lang text.Lang) ListResult {
	words := func(list []CellError) []ListError {
		errors := make([]ListError, len(list))
		for i, one := range list {
			errors[i] = ListError{one.Sheet, one.Cell, texts.T(lang, one.Fault.Key, one.Fault.Args...)}
		}
		return errors
	}
	units := func(list []PlannedTelling) []ToldUnit {
		told := make([]ToldUnit, len(list))
		for i, one := range list {
			told[i] = ToldUnit{one.Code, one.Name, one.Values, one.Source, one.Said}
		}
		return told
	}
	return ListResult{
		Told: units(p.Told), Unchanged: units(p.Unchanged), Skipped: p.Skipped, Refused: words(p.Refused), Errors: words(p.Errors),
	}
}
