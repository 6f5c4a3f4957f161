"""What each imaging stage is worth: seals and stamps over print, and the stages switched off one by one."""
