-- Where the table's row of this event leads; where it leads to several states, the `wanted` one of them.
local function to_state(event, wanted)
  local ends = MOVES[event].to
  if not wanted then
    return ends[1]
  end
  for _, state in ipairs(ends) do
    if state == wanted then
      return state
    end
  end
  error(event .. ' does not lead to ' .. wanted)
end
