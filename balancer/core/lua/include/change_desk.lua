-- The caller's desk goes where the table's row of this event leads.
local function change_desk(event, why)
  local holder, text = load_desk(branch, desk)
  ask_desk(holder, text)
  expect_version('desk', holder, text)
  may_move('desk', holder.state, 'desk', text)
  text = set_desk(holder, to_state(event), why)
  emit(event, {branch = branch, desk = text}, {reason = why})
  return text
end
