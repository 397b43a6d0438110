-- Puts a desk into a state, from now on; its JSON text.
local function set_desk(desk_state, to, reason)
  desk_state.state, desk_state.since, desk_state.reason = to, at, reason
  return save_desk(desk_state)
end
