package access

// OnPaper says of a decision that it was made with a pen, and who entered it.
type OnPaper struct {
	Slip string `json:"slip"` // the code of the slip on which it was made
	By   int64  `json:"by"`   // the person who entered it; 0 for a command
	Name string `json:"name"` // of that person, and by whose authority
	File string `json:"file"` // id of the slip's picture, with the hash of its content
}

// WithPen is the actor as one who decided on paper: what the actor may do is asked of
// the actor, and the hand that does it is somebody else's.
func (a Actor) WithPen(p OnPaper) Actor {
	a.Paper = &p
	return a
}

// Hand is the person who is at the program: the actor, or who enters what the actor
// decided on paper.
func (a Actor) Hand() int64 {
	if a.Paper != nil {
		return a.Paper.By
	}
	return a.Person
}
