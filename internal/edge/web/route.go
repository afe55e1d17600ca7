package web

import (
	"errors"
	"fmt"
	"strings"

	"giaoban/internal/base/access"
)

// Route is one address of the program. There is no route without a declared
// action: [access.Public] for everybody, [access.SignedIn] for whoever is signed
// in, anything else for what the use case behind it decides.
type Route struct {
	// Pattern is a method and a path in the manner of [net/http.ServeMux], as
	// "GET /board/{directive}/{unit}".
	Pattern string
	// Action is what the route lets a person do.
	Action access.Action
	// Handle answers. An error becomes a page, or JSON where that was asked for.
	Handle func(*Request) error
	// Limit is the most bytes a body may have; 0 stands for [BodyLimit].
	Limit int64
	// Once says that the very same form, sent again within minutes, gets the answer
	// that it got before. It is for use cases that refuse what is done already.
	Once bool
	// Shared says that an answer of which [Request.Share] says so is made once for
	// everybody.
	Shared bool
	// Stream says that the answer goes on for as long as somebody watches.
	Stream bool
	// Unready opens the route also to a session that still owes its second factor:
	// [account.Session.Owes].
	Unready bool
}

// Method is the first word of the pattern.
func (r Route) Method() string {
	method, _, _ := strings.Cut(r.Pattern, " ")
	return method
}

// Path is the pattern without its method.
func (r Route) Path() string {
	_, path, _ := strings.Cut(r.Pattern, " ")
	return path
}

// check says what is wrong with the route's declaration.
func (r Route) check() error {
	switch {
	case r.Method() == "" || !strings.HasPrefix(r.Path(), "/"):
		return fmt.Errorf("route %q: want a method and a path", r.Pattern)
	case r.Action == "":
		return fmt.Errorf("route %q declares no action", r.Pattern)
	case r.Handle == nil:
		return fmt.Errorf("route %q has no handler", r.Pattern)
	}
	return nil
}

// CheckRoutes gives an error that names every route without a method, a path, a
// handler or a declared action, and every action that is none of known. Without
// known actions, any declared one will do.
func CheckRoutes(routes []Route, known ...access.Action) error {
	allowed := map[access.Action]bool{access.Public: true, access.SignedIn: true}
	for _, action := range known {
		allowed[action] = true
	}
	var wrong []error
	for _, route := range routes {
		err := route.check()
		if err == nil && len(known) > 0 && !allowed[route.Action] {
			err = fmt.Errorf("route %q declares the unknown action %q", route.Pattern, route.Action)
		}
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}
