-- A ticket number as people read it, A042.
local function number_of(letter, number)
  return letter .. string.format('%03d', number)
end
