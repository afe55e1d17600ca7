package boardui

// named is a moment that a leader gave a name.
type named struct {
	Name, At string
	Current  bool
}
