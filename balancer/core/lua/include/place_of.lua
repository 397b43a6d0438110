-- A ticket's member in its line: after the score (order), the tie decides.
local function place_of(visitor)
  return string.format('%015d:', visitor.tie) .. visitor.id
end
