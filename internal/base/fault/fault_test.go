package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
)

func TestTheKindOfAnError(t *testing.T) {
	late := fault.New(fault.TooLate, "report.closed")
	list := fault.List{fault.New(fault.Invalid, "a"), fault.New(fault.Conflict, "b")}
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"no error", nil, fault.Unknown},
		{"an error from elsewhere", io.EOF, fault.Unknown},
		{"an error of the vocabulary", late, fault.TooLate},
		{"at a field", late.At("day"), fault.TooLate},
		{"wrapped", fmt.Errorf("submitting: %w", late), fault.TooLate},
		{"joined with another", errors.Join(io.EOF, late), fault.TooLate},
		{"a list: the first one's", list, fault.Invalid},
		{"a wrapped list", fmt.Errorf("checking: %w", list), fault.Invalid},
		{"an empty list", fault.List{}, fault.Unknown},
		{"one with another as its cause", late.Because(fault.New(fault.Conflict, "c")), fault.TooLate},
		{"one with a list as its cause", late.Because(list), fault.TooLate},
	} {
		if got := fault.Of(c.err); got != c.want {
			t.Errorf("%s: Of(%v) = %s, want %s", c.name, c.err, got, c.want)
		}
		for kind := fault.Unknown; kind <= fault.Unavailable; kind++ {
			if got := fault.Is(c.err, kind); got != (kind == c.want) {
				t.Errorf("%s: Is(%v, %s) = %v", c.name, c.err, kind, got)
			}
		}
	}
}

func TestAllErrorsOfAListAreFoundInOrder(t *testing.T) {
	first, second := fault.New(fault.Invalid, "a").At("x"), fault.New(fault.Invalid, "b").At("y")
	for _, c := range []struct {
		name string
		err  error
		want fault.List
	}{
		{"none", io.EOF, nil},
		{"one", fmt.Errorf("reading: %w", first), fault.List{first}},
		{"several", fmt.Errorf("reading: %w", fault.List{first, second}), fault.List{first, second}},
	} {
		if diff := cmp.Diff(c.want, fault.All(c.err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestAnEmptyListIsNoError(t *testing.T) {
	var list fault.List
	if err := list.Err(); err != nil {
		t.Errorf("an empty list is the error %v", err)
	}
	list = append(list, fault.New(fault.Invalid, "a"))
	if err := list.Err(); err == nil {
		t.Error("a list of one is no error")
	}
}

func TestAnErrorIsCopiedNotChanged(t *testing.T) {
	plain := fault.New(fault.Invalid, "number.too-large", "typed", "99")
	placed := plain.At("figure").Because(io.EOF)
	if diff := cmp.Diff(fault.New(fault.Invalid, "number.too-large", "typed", "99"), plain); diff != "" {
		t.Errorf("the first error changed (-want +got):\n%s", diff)
	}
	if placed.Field != "figure" || !errors.Is(placed, io.EOF) {
		t.Errorf("the copy has field %q and cause %v, want figure and EOF", placed.Field, placed.Cause)
	}
}

func TestTheTextForTheLogSaysEverything(t *testing.T) {
	one := fault.New(fault.Conflict, "report.changed", "by", "Nguyễn Văn A", "version", 2)
	for _, c := range []struct {
		err  error
		want string
	}{
		{one, "conflict: report.changed by=Nguyễn Văn A version=2"},
		{one.At("figure").Because(io.EOF), "conflict: report.changed by=Nguyễn Văn A version=2 (field figure): EOF"},
		{fault.New(fault.NotFound, "unit.none", "odd"), "not found: unit.none"},
		{fault.List{fault.New(fault.Invalid, "a"), fault.New(fault.TooLate, "b")}, "invalid: a; too late: b"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("the text is %q, want %q", got, c.want)
		}
	}
}

func TestEachKindHasItsName(t *testing.T) {
	seen := map[string]fault.Kind{}
	for kind := fault.Unknown; kind <= fault.Unavailable; kind++ {
		name := kind.String()
		if other, twice := seen[name]; twice || name == "" {
			t.Errorf("kinds %d and %d are both named %q", other, kind, name)
		}
		seen[name] = kind
	}
}
