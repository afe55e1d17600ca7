package boardui

// named is a moment that can be chosen by its name.
type named struct {
	Name, At string
	Current  bool
}
