package org

import (
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

// Result is a plan as scripts read it.
type Result struct {
	Added     []PlannedUnit `json:"added"`
	Renamed   []PlannedUnit `json:"renamed"`
	Moved     []PlannedUnit `json:"moved"`
	Changed   []PlannedUnit `json:"changed"` // level or kind
	Dissolved []PlannedUnit `json:"dissolved"`
	Merged    []Merged      `json:"merged"` // of the dissolved
	Unchanged []PlannedUnit `json:"unchanged"`
	Errors    []ResultError `json:"errors"`
	Levels    []ResultLevel `json:"levels"`
	// Lined are units that report in other lines; only when there are any.
	Lined []PlannedUnit `json:"lined,omitempty"`
	// Planned is the day for which a list dated ahead is planned.
	Planned clock.Date `json:"planned,omitempty"`
}

// ResultError is something wrong at a cell, in words.
type ResultError struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Message string `json:"message"`
}

// ResultLevel is how many units of a level there would be.
type ResultLevel struct {
	Level string `json:"level"`
	Name  string `json:"name"`
	Units int    `json:"units"`
}

// Result writes the plan in a language. Its lists, but for that of lines, are never nil: a script finds
// [] where there is nothing.
func (p Plan) Result(texts *text.Catalog, lang text.Lang, of *profile.Profile) Result {
	r := Result{
		Added: list(p.Added), Renamed: list(p.Renamed), Moved: list(p.Moved), Changed: list(p.Changed), Lined: p.Lined,
		Dissolved: list(p.Dissolved), Unchanged: list(p.Unchanged), Merged: p.Merged, Errors: []ResultError{}, Levels: []ResultLevel{},
	}
	if r.Merged == nil {
		r.Merged = []Merged{}
	}
	for _, wrong := range p.Errors {
		r.Errors = append(r.Errors, ResultError{wrong.Sheet, wrong.Cell, texts.T(lang, wrong.Fault.Key, wrong.Fault.Args...)})
	}
	for _, level := range p.Levels {
		r.Levels = append(r.Levels, ResultLevel{level.Level, levelName(of, level.Level).In(lang), level.Units})
	}
	return r
}

func list(units []PlannedUnit) []PlannedUnit {
	if units == nil {
		return []PlannedUnit{}
	}
	return units
}
