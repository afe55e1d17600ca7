package ledger

// The statements whose plans are tested.
const (
	SelectPositionAt = selectPositionAt
	SelectAbout      = selectRows + whereAbout
	SelectAfter      = selectRows + whereAfter
)
