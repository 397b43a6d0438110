-- The other of the two sets that make one line: with and without need of power.
local function other_half(line)
  local bare = string.match(line, '^(.*):power$')
  return bare or line .. ':power'
end
