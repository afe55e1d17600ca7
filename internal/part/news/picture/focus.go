package picture

import "image"

// Focus is the part of a picture that is shown, in fractions of its sides from the left
// and from above. The zero value is the whole.
type Focus struct {
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// leastFocus is the least that can be cut out, as a fraction of either side.
const leastFocus = 0.05

// Whole says whether all is shown.
func (f Focus) Whole() bool { return f == (Focus{}) || f == (Focus{Width: 1, Height: 1}) }

// Check refuses what is no part of a picture, or too small a one, with Invalid at
// "focus".
func (f Focus) Check() error {
	if f.Whole() {
		return nil
	}
	within := func(at, length float64) bool { return at >= 0 && length >= leastFocus && at+length <= 1.0005 } // rounded numbers
	if !within(f.Left, f.Width) || !within(f.Top, f.Height) {
		return wrong("picture.focus").At("focus")
	}
	return nil
}

// of is the part of a picture of some size; whatever the focus says, there is something
// in it.
func (f Focus) of(whole image.Rectangle) image.Rectangle {
	if f.Whole() || f.Check() != nil {
		return whole
	}
	along := func(fraction float64, length int) int { return int(fraction*float64(length) + 0.5) }
	part := image.Rect(
		along(f.Left, whole.Dx()), along(f.Top, whole.Dy()),
		along(f.Left+f.Width, whole.Dx()), along(f.Top+f.Height, whole.Dy()),
	).Add(whole.Min).Intersect(whole)
	if part.Empty() {
		return whole
	}
	return part
}
